import Foundation
import Model
import Processes
import TestSupport
import Testing

/// Principals handed over across a network with the real programs.
@Suite struct NetworkHandOverTests {
    private let home: Home
    private static let label = "SN:SIM-1;MAC:001122AABBCC"
    private static let named = ["--identity", "SIM-1", "--mac", "00:11:22:AA:BB:CC"]

    init() throws { home = try Home() }

    private var disk: String { home.directory.file("device") }
    private var stick: String { home.directory.file("stick") }

    private func standing() throws -> [String: Any] {
        try #require(try home.muster("simulate device \(disk) --show --json").objects.last)
    }

    private func expectDone(_ finished: Finished, _ way: [String: String]) throws {
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        let last = try #require(try finished.objects.last { $0["handOver"] != nil })
        #expect(last["handOver"] as? String == "confirmed")
        let evidence = try #require(last["linkEvidence"] as? [String: Any])
        for (key, value) in way { #expect("\(evidence[key] ?? "")" == value, "\(evidence)") }
        #expect(try standing()["principals"] as? String == "whole")
    }

    @Test func `a device on the local network is handed over to in plain, which is told and put on record`()
        throws
    {
        let device = try DeviceProcess(disk: disk, Self.named)
        let finished = try home.run([
            "commission", "--json", "--label", Self.label, "--hand-over", device.place,
        ])
        try expectDone(finished, ["transport": "http", "isEncrypted": "0"])
        #expect(finished.errors.contains("is not encrypted"))
        withExtendedLifetime(device) {}
    }

    @Test func `a device on HTTPS is known by the pin that it shows, and no other`() throws {
        let made = try home.shell(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout web.key -out web.pem -days 2 -subj /CN=x && "
                + "openssl x509 -in web.pem -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -c1-64"
        )
        try #require(made.code == 0)
        let pin = made.output.split(separator: "\n").last.map(String.init) ?? ""
        let device = try DeviceProcess(
            disk: disk,
            Self.named + [
                "--tls-certificate", home.directory.file("web.pem"), "--tls-key",
                home.directory.file("web.key"),
            ])
        #expect(try home.run(["commission", "--label", Self.label]).code == 0)
        let foreign = String(repeating: "0", count: 64)
        let refused = try home.muster(
            "hand-over SIM-1 --json --to \(device.place) --device-pin sha256:\(foreign)")
        #expect(refused.code == 65)
        #expect(try refused.objects.last?["error"] as? String == "device_not_trusted")
        let finished = try home.muster(
            "hand-over SIM-1 --json --to \(device.place) --device-pin sha256:\(pin)")
        let print = try home.shell("openssl x509 -in web.pem -outform DER | sha256sum | cut -c1-64").output
        try expectDone(
            finished,
            [
                "transport": "https", "isEncrypted": "1",
                "peer": "certificate sha256:\(print.trimmingCharacters(in: .newlines))",
            ])
        withExtendedLifetime(device) {}
    }

    @Test func `a device that is logged in to is handed over to by a command, and a directory on it`() throws
    {
        let server = try ShellServer()
        let command = "\(Home.programs)/muster simulate device \(disk) --stdio --identity SIM-1"
        let finished = try home.run([
            "commission", "--json", "--serial", "SIM-1", "--hand-over", server.address(), "--host-key",
            server.hostKey,
            "--ssh-key", server.key, "--device-command", command,
        ])
        try expectDone(finished, ["transport": "ssh command", "isEncrypted": "1"])
        try Files.makeDirectories(stick)
        #expect(try home.muster("simulate device \(disk) --directory \(stick)").code == 0)
        // The file of known hosts in Muster's own directory.
        try Files.writeAtomically(
            try Files.read(server.knownHosts, limit: 4096),
            to: home.directory.file("state/muster/known_hosts"))
        let line =
            "hand-over SIM-1 --json --to \(server.address(stick)) --ssh-key \(server.key) --endpoint mqtts://b"
        let laid = try home.muster(line)
        #expect(laid.code == 3, "\(laid.output)\(laid.errors)")
        #expect(try home.muster("simulate device \(disk) --directory \(stick)").code == 0)
        try expectDone(try home.muster(line), ["transport": "ssh directory", "isEncrypted": "1"])
        #expect(try standing()["endpoint"] as? String == "mqtts://b")
    }

    @Test func `a tablet goes on over another way than it began on`() throws {
        let cut = try DeviceProcess(disk: disk, Self.named + ["--power-cut", "switched"])
        let stopped = try home.run([
            "commission", "--json", "--label", Self.label, "--hand-over", cut.place,
        ])
        #expect(stopped.code == 69)
        #expect(try stopped.objects.last?["error"] as? String == "link_lost")
        let away = try home.muster("hand-over SIM-1 --json --to \(cut.place)")
        #expect(away.code == 69)
        #expect(try away.objects.last?["error"] as? String == "device_not_reached")
        let device = try DeviceProcess(disk: disk, tty: home.directory.file("tty"), Self.named)
        let finished = try home.muster("hand-over SIM-1 --json --to serial:\(home.directory.file("tty"))")
        try expectDone(finished, ["transport": "serial"])
        withExtendedLifetime(device) {}
    }

    @Test(arguments: [
        ("http://192.0.2.1", [], "link_not_encrypted"), ("http://device.local", [], "link_not_encrypted"),
        ("https://127.0.0.1:1", [], "usage"),
        ("https://127.0.0.1:1", ["--device-pin", "sha256:00"], "usage"),
        ("ssh://u@h", [], "usage"), ("ssh://u@h/d", ["--device-command", "x"], "usage"),
        ("ssh://h/d", [], "usage"),
    ])
    func `a way that cannot be is told before anything is saved`(
        _ link: String, _ options: [String], _ id: String
    ) throws {
        let finished = try home.run(["commission", "--json", "--serial", "A", "--hand-over", link] + options)
        #expect(finished.code == 64)
        #expect(try finished.objects.last?["error"] as? String == id)
        #expect(try home.muster("queue list --json").output.isEmpty)
    }

    @Test
    func `what announces itself on the network is listed, and without Avahi it is said what to install`()
        throws
    {
        let bin = home.directory.file("bin")
        try Files.makeDirectories(bin)
        let missing = try Home(["PATH": bin]).muster("hand-over --discover --json")
        #expect(missing.code == 69)
        #expect(try missing.objects.last?["error"] as? String == "avahi_missing")
        let script = """
            #!/bin/sh
            [ "$4" = _muster._tcp ] && printf '%s\\n' '=;eth0;IPv4;gw\\032\\027[2J;_muster._tcp;local;g.local;10.0.0.7;80;"serial=SIM-1"'
            exit 0
            """
        try Files.writeAtomically(Array(script.utf8), to: bin + "/avahi-browse", mode: 0o755)
        let found = try Home(["PATH": bin]).muster("hand-over --discover --json")
        #expect(found.code == 0, "\(found.errors)")
        #expect(try found.objects.map { $0["to"] as? String } == ["http://10.0.0.7:80"])
        #expect(!found.output.contains("\u{1B}"))
        #expect(try home.muster("hand-over").code == 64)
    }

    @Test(arguments: [
        ("serial", 65, "other_device"), ("clone", 65, "cloned_identity"),
        ("half-install", 3, "not_installed"),
    ])
    func `a device on the network that lies is refused by name`(_ lie: String, _ code: Int, _ id: String)
        throws
    {
        #expect(try home.run(["commission", "--label", Self.label]).code == 0)
        let device = try DeviceProcess(disk: disk, Self.named + ["--lie", lie])
        let finished = try home.muster("hand-over SIM-1 --json --to \(device.place)")
        #expect(finished.code.map { Int($0) } == code, "\(finished.errors)")
        #expect(try finished.objects.last?["error"] as? String == id)
        #expect(try standing()["principals"] as? String == "none")
        withExtendedLifetime(device) {}
    }
}
