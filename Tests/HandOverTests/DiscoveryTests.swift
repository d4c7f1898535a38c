import HandOver
import Testing

@Suite struct DiscoveryTests {
    /// As avahi-browse 0.8 prints it, with instances of three devices, one of them on two networks.
    private static let recorded = #"""
        +;eth0;IPv6;Muster\032gateway\032\(cellar\041;_muster._tcp;local
        +;eth0;IPv4;Muster\032gateway\032\(cellar\041;_muster._tcp;local
        =;eth0;IPv6;Muster\032gateway\032\(cellar\041;_muster._tcp;local;gw-1.local;fe80::1ff:fe23:4567:890a;8443;"scheme=https" "path=/mgmt" "serial=NL;1"
        =;eth0;IPv4;Muster\032gateway\032\(cellar\041;_muster._tcp;local;gw-1.local;10.0.0.7;8443;"scheme=https" "path=/mgmt" "serial=NL;1"
        =;wlan0;IPv4;Muster\032gateway\032\(cellar\041;_muster._tcp;local;gw-1.local;10.0.0.7;8443;"scheme=https" "path=/mgmt" "serial=NL;1"
        =;eth0;IPv4;b\195\188ro;_muster._tcp;local;b.local;192.168.1.9;80;
        =;eth0;IPv4;printer;_http._tcp;local;p.local;192.168.1.4;631;"path=/admin" "note=a \"quoted\" word"
        """#

    @Test func `each announced device is there once, with the address to hand over to`() {
        let found = DiscoveredDevice.read(Self.recorded)
        #expect(
            found.map(\.to) == [
                "https://10.0.0.7:8443/mgmt", "https://[fe80::1ff:fe23:4567:890a%25eth0]:8443/mgmt",
                "http://192.168.1.9:80", "http://192.168.1.4:631",
            ])
        #expect(
            found.map(\.name) == ["Muster gateway (cellar)", "Muster gateway (cellar)", "büro", "printer"])
        #expect(found.map(\.serial) == ["NL;1", "NL;1", nil, nil])
        for device in found { #expect(HandOverAddress(device.to)?.description == device.to) }
    }

    @Test(arguments: [
        "", "=", "=;;;;;;;;;", "=;e;IPv4;n;_ssh._tcp;local;h;10.0.0.1;22;",
        "=;e;IPv4;n;_muster._tcp;local;h;10.0.0.1;0;",
        "=;e;IPv4;n;_muster._tcp;local;h;10.0.0.1;70000;", "=;e;IPv4;n;_muster._tcp;local;h;evil.example;80;",
        "=;e;IPv4;n;_muster._tcp;local;h;10.0.0.1 --x;80;", "=;a b;IPv6;n;_muster._tcp;local;h;fe80::1;80;",
        #"=;e;IPv4;n;_muster._tcp;local;h;10.0.0.1;80;"path=/?x=1""#,
        #"=;e;IPv4;n;_muster._tcp;local;h;10.0.0.1;80;"path=/\027[2J""#,
        "+;e;IPv4;n;_muster._tcp;local;h;10.0.0.1;80;",
    ])
    func `a line that is no announcement of a device gives none`(_ line: String) {
        #expect(DiscoveredDevice.read(line).isEmpty)
    }

    @Test func `every part of a recorded output can be missing`() {
        let bytes = Array(Self.recorded.utf8)
        for count in 0..<bytes.count {
            let found = DiscoveredDevice.read(String(decoding: bytes.prefix(count), as: UTF8.self))
            #expect(found.count <= 4)
        }
    }

    @Test func `an announcement that comes again, or with a key twice, changes nothing`() {
        let line = #"=;e;IPv4;n;_muster._tcp;local;h;10.0.0.1;80;"serial=A" "serial=B" "=x" "alone""# + "\n"
        let found = DiscoveredDevice.read(String(repeating: line, count: 5000))
        #expect(found.count == 1 && found.first?.serial == "A")
    }
}
