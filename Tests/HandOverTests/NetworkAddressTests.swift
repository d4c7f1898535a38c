import HandOver
import Model
import Testing

@Suite struct NetworkAddressTests {
    @Test(arguments: [
        "http://10.0.0.7", "http://127.0.0.1:8080/devices/a.b~c", "https://device.example",
        "https://gw_1.local:8443",
        "http://[::1]:80", "http://[fe80::1%25eth0]", "https://[2001:db8::7]/x",
        "ssh://root@10.0.0.7/var/lib/muster",
        "ssh://pi.user_2@gateway:2222", "ssh://root@[fe80::2%25wlan0]:22/a",
    ])
    func `an address on the network is read and printed one way`(_ text: String) {
        #expect(HandOverAddress(text)?.description == text)
    }

    @Test func `what stands at the end of an address means nothing`() {
        #expect(HandOverAddress("https://a/")?.description == "https://a")
        #expect(HandOverAddress("ssh://u@a/")?.description == "ssh://u@a")
        #expect(HandOverAddress("http://[fe80::1%eth0]")?.description == "http://[fe80::1%25eth0]")
    }

    @Test(arguments: [
        "http:", "http://", "http:10.0.0.7", "http:///x", "http://a b", "http://a:0", "http://a:65536",
        "http://a:+1",
        "http://a:", "http://user@a", "http://a?x", "http://a/x?y", "http://a/#", "http://a/\u{1B}[2J",
        "http://[::1", "http://::1",
        "http://[10.0.0.1]", "http://[1:2:3:4:5:6:7]", "http://[1::2::3]", "http://[12345::]",
        "http://2130706433",
        "http://0x7f.1", "http://127.1", "http://010.0.0.1", "http://1.2.3.256", "http://-a", "http://a..b",
        "ftp://a",
        "ssh://a", "ssh://@a", "ssh://-oProxyCommand=x@a", "ssh://u@-oProxyCommand=x", "ssh://u;x@a",
        "ssh://u@a/x y",
        "ssh://u@a/$(x)", "ssh://u@a/x'y", "ssh://u@a/`x`", "ssh://u:p@a",
    ])
    func `what is no address on the network is not guessed at`(_ text: String) {
        #expect(HandOverAddress(text) == nil)
    }

    @Test(arguments: [
        "10.255.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.9.9", "127.0.0.1", "localhost",
        "::1", "fd00::1",
        "fc12::", "fe80::1", "febf::1%eth0",
    ])
    func `plain HTTP goes to addresses that only this network has`(_ text: String) throws {
        let host = try #require(NetworkHost(text))
        #expect(host.isLocal)
        try #require(HandOverAddress("http://\(host)")).check()
    }

    @Test(arguments: [
        "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.169.0.1", "11.0.0.1", "169.253.0.1", "0.0.0.0",
        "device.local", "10.0.0.1.nip.io",
        "2001:db8::1", "::", "::2", "fec0::1", "fe00::1", "::ffff:a00:1",
    ])
    func `plain HTTP goes nowhere else, and HTTPS and SSH do`(_ text: String) throws {
        let host = try #require(NetworkHost(text))
        #expect(!host.isLocal)
        #expect {
            try #require(HandOverAddress("http://\(host)")).check()
        } throws: { ($0 as? HandOverError)?.explanation.id == "link_not_encrypted" }
        try #require(HandOverAddress("https://\(host)")).check()
        try #require(HandOverAddress("ssh://u@\(host)")).check()
    }

    @Test func `the record says by which way and whether others could listen`() {
        #expect(LinkEvidence(.http).text == "http, not encrypted")
        #expect(
            LinkEvidence(.shellCommand, peer: "host key SHA256:x").text
                == "ssh command, encrypted, proven by host key SHA256:x")
        #expect(LinkEvidence(.directory).text == "directory")
    }

    @Test func `evidence names the way, and a record of before there was any is still read`() throws {
        var record = HandOverRecord(
            device: try #require(DeviceIdentity(fields: ["serial": "SN-1"]).lane), deviceName: "SN-1",
            link: "http://10.0.0.7",
            operatorID: OperatorID(trusted: "jk"), startedAt: Timestamp(milliseconds: 0), nonce: [1])
        let before = try CanonicalJSON.encode(record)
        record.linkEvidence = LinkEvidence(.http)
        #expect(record.evidence.contains("over http://10.0.0.7 (http, not encrypted);"))
        #expect(
            try CanonicalJSON.decode(HandOverRecord.self, from: try CanonicalJSON.encode(record)) == record)
        #expect(try CanonicalJSON.decode(HandOverRecord.self, from: before).linkEvidence == nil)
    }
}
