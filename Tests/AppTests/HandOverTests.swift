import Credentials
import Foundation
import Model
import Processes
import TestSupport
import Testing

/// Principals handed over with the real programs: the tablet's, the registrar's and a simulated device's.
@Suite struct HandOverTests {
    private let home: Home
    private static let label = "SN:SIM-1;MAC:001122AABBCC"

    init() throws { home = try Home() }

    private var disk: String { home.directory.file("device") }
    private var tty: String { home.directory.file("tty") }
    private var stick: String { home.directory.file("stick") }

    private func device(_ options: [String] = [], serial: String = "SIM-1") throws -> DeviceProcess {
        try DeviceProcess(
            disk: home.directory.file(serial == "SIM-1" ? "device" : serial), tty: tty,
            ["--identity", serial, "--mac", "00:11:22:AA:BB:CC"] + options)
    }

    private func standing() throws -> [String: Any] {
        try #require(try home.muster("simulate device \(disk) --show --json").objects.last)
    }

    private func steps(_ finished: Finished) throws -> [String] {
        try finished.objects.compactMap { $0["handOver"] as? String }
    }

    private func kinds(_ serial: String = "SIM-1") throws -> [String] {
        try home.muster("device history --json \(serial)").objects.compactMap { $0["kind"] as? String }
    }

    /// OpenSSL's own word on what the device holds.
    private func expectVerified() throws {
        let standing = try standing()
        #expect(standing["principals"] as? String == "whole")
        let trust = try #require(standing["trustFile"] as? String)
        let certificate = try #require(standing["certificateFile"] as? String)
        let verified = try home.shell(
            "openssl verify -x509_strict -purpose sslclient -CAfile \(trust) -untrusted \(certificate) \(certificate)"
        )
        #expect(verified.code == 0, "\(verified.errors)")
        let key = try home.shell(
            "diff <(openssl x509 -in \(certificate) -noout -pubkey) <(openssl pkey -in \(disk)/key.pem -pubout)"
        )
        #expect(key.code == 0, "\(key.output)\(key.errors)")
    }

    @Test func `one command takes a device from its label to principals that it has proven`() throws {
        let device = try device()
        defer { withExtendedLifetime(device) {} }
        let finished = try home.run([
            "commission", "--json", "--label", Self.label, "--hand-over", "serial:\(tty)", "--endpoint",
            "mqtts://broker.example:8883",
        ])
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        #expect(
            try steps(finished) == ["identified", "request taken", "installed", "switched", "confirmed"])
        #expect(try kinds() == ["claim", "provision", "note"])
        try expectVerified()
        #expect(try standing()["endpoint"] as? String == "mqtts://broker.example:8883")
    }

    @Test func `a team's registrar that is down makes it wait, and it goes on when it is back`() throws {
        for line in [
            "init --directory reg --name Acme", "tenant add acme --directory reg",
            "product add generic --directory reg --admission open",
            "operator add jk --directory reg --role support --tenant acme",
        ] { try #require(try home.registrar(line).code == 0) }
        let first = try Server(home, directory: "reg")
        let port = first.port
        try first.stop()
        let address = "https://127.0.0.1:\(port)"
        try #require(
            try home.registrar("pairing jk --directory reg --url \(address) --output jk.pairing").code == 0)
        try #require(try home.muster("registrar pair jk.pairing").code == 0)
        let device = try device()
        defer { withExtendedLifetime(device) {} }
        let waiting = try home.run([
            "commission", "--json", "--label", Self.label, "--hand-over", "serial:\(tty)",
        ])
        #expect(waiting.code == 4, "\(waiting.errors)")
        #expect(try steps(waiting) == ["identified", "request taken", "certificate outstanding"])
        let server = try Server(home, directory: "reg", listen: "127.0.0.1:\(port)")
        let finished = try home.muster("hand-over SIM-1 --to serial:\(tty) --json")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        #expect(try kinds() == ["claim", "provision", "note"])
        try expectVerified()
        #expect(try standing()["endpoint"] as? String == address)
        let history = try home.muster("device history --json --registrar SIM-1").objects
        #expect(history.count == 3)
        try server.stop()
    }

    @Test func `a stick is carried there and back`() throws {
        try Files.makeDirectories(stick)
        let visit = "simulate device \(disk) --identity SIM-1 --directory \(stick) --json"
        #expect(try home.muster("commission --serial SIM-1").code == 0)
        #expect(try home.muster("hand-over SIM-1 --to dir:\(stick)").code == 69)
        #expect(try home.muster(visit).code == 0)
        let laid = try home.muster("hand-over SIM-1 --to dir:\(stick) --json")
        #expect(laid.code == 3, "\(laid.output)\(laid.errors)")
        #expect(try steps(laid).last == "waiting for the device")
        #expect(try home.muster(visit).output.contains("installed"))
        let finished = try home.muster("hand-over SIM-1 --to dir:\(stick) --json")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        #expect(try steps(finished).last == "confirmed")
        #expect(try kinds() == ["claim", "provision", "note"])
        try expectVerified()
        let again = try home.muster("hand-over SIM-1 --to dir:\(stick) --json")
        #expect(again.code == 0)
        #expect(try kinds() == ["claim", "provision", "note"])
    }

    @Test func `a swapped device, a clone and a half installation are refused by name`() throws {
        #expect(try home.run(["commission", "--label", Self.label]).code == 0)
        for (lie, code, id) in [
            ("serial", 65, "other_device"), ("clone", 65, "cloned_identity"),
            ("half-install", 3, "not_installed"),
        ] as [(String, Int32, String)] {
            let device = try device(["--lie", lie])
            let finished = try home.muster("hand-over SIM-1 --to serial:\(tty) --json")
            #expect(finished.code == code, "\(lie): \(finished.errors)")
            #expect(try finished.objects.last?["error"] as? String == id)
            try device.child.end()
            #expect(try standing()["principals"] as? String == "none")
        }
        let swapped = try device(serial: "SIM-2")
        defer { withExtendedLifetime(swapped) {} }
        let finished = try home.muster("hand-over SIM-1 --to serial:\(tty)")
        #expect(finished.code == 65)
        #expect(finished.errors.contains("Its serial is SIM-2; SIM-1 was scanned"))
    }

    @Test
    func `a device with another key than its certificate on record is refused until a person accepts it`()
        throws
    {
        var device = try device(["--once"])
        #expect(
            try home.run(["commission", "--label", Self.label, "--hand-over", "serial:\(tty)"]).code == 0)
        #expect(try device.wait() == .exited(0))
        _ = try home.shell("rm -r device")
        device = try self.device()
        defer { withExtendedLifetime(device) {} }
        let refused = try home.muster("hand-over SIM-1 --to serial:\(tty) --json")
        #expect(refused.code == 65)
        #expect(try refused.objects.last?["error"] as? String == "cloned_identity")
        let accepted = try home.muster("hand-over SIM-1 --to serial:\(tty) --new-key")
        #expect(accepted.code == 0, "\(accepted.output)\(accepted.errors)")
        try expectVerified()
        #expect(try kinds() == ["claim", "provision", "note", "provision", "note"])
    }

    @Test(arguments: 1...7)
    func `a tablet that is killed after any line goes on where it stopped`(_ lines: Int) throws {
        #expect(try home.run(["commission", "--label", Self.label]).code == 0)
        let device = try device()
        defer { withExtendedLifetime(device) {} }
        try killed(after: lines)
        let finished = try home.muster("hand-over SIM-1 --to serial:\(tty)")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        #expect(try kinds() == ["claim", "provision", "note"])
        try expectVerified()
    }

    /// Runs a hand-over and kills it once it has printed so many lines, or lets it end when it has fewer.
    private func killed(after lines: Int) throws {
        let (output, saying) = try Descriptor.pipe()
        let child = try Child(
            Home.programs + "/muster", arguments: ["hand-over", "SIM-1", "--to", "serial:\(tty)", "--json"],
            environment: home.variables, descriptors: [1: saying], directory: home.directory.path)
        withExtendedLifetime(saying) {}
        var said = 0
        while said < lines {
            guard try Descriptor.waitUntilReadable([output], by: Deadline(after: .seconds(30)))[0] else {
                break
            }
            let bytes = try output.read(upTo: 1)
            if bytes.isEmpty { break }
            said += bytes == [0x0A] ? 1 : 0
        }
        try child.end()
    }

    @Test func `what cannot be is told before anything is saved`() throws {
        #expect(try home.muster("commission --serial A --hand-over ssh:host").code == 64)
        #expect(try home.muster("commission --serial A --hand-over dir:/x --csr a.csr").code == 64)
        #expect(try home.muster("commission --lines --hand-over dir:/x").code == 64)
        #expect(try home.muster("queue list --json").output.isEmpty)
        #expect(try home.muster("hand-over nobody --to dir:/x").code == 65)
        #expect(try home.muster("commission --serial A").code == 0)
        #expect(try home.muster("hand-over A").code == 64)
        #expect(try home.muster("hand-over A --to serial:/dev/null").code == 69)
        #expect(try home.muster("hand-over A --to serial:nowhere").code == 69)
        #expect(try home.muster("simulate device new").code == 69)
    }
}
