import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// A device's own word of its connection, with the real programs, a real broker and a device that may lie.
@Suite struct DeviceWitnessTests {
    private let home: Home
    private let service: PeerCredentials

    init() throws {
        home = try Home()
        service = try PeerCredentials(name: "Service root")
        _ = try home.write(try service.root.certificate.pem, to: "root.pem")
        try #require(try home.muster("demo --prepare").code == 0)
    }

    private var disk: String { home.directory.file("disk") }
    private var tty: String { home.directory.file("tty") }

    private func device(_ options: [String] = []) throws -> DeviceProcess {
        try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"] + options)
    }

    /// A broker that takes what the registrar's authority issued: its root comes with the first certificate.
    private func broker() throws -> BrokerPeer {
        let request = try CertificateRequest.create(key: try PrivateKey.generate(.p256), commonName: "SN-8")
        _ = try home.write(request.pem, to: "SN-8.csr")
        let issued = try home.muster(
            "commission --serial SN-8 --product dock --csr SN-8.csr --certificate SN-8.pem")
        try #require(issued.code == 0, "\(issued.errors)")
        let root = try Certificate.chain(pem: try home.contents("SN-8.pem")).last
        return try BrokerPeer(try service.server(), clientRoot: root)
    }

    private func handOver(_ broker: BrokerPeer) throws {
        let handed = try home.muster(
            "commission --serial SIM-1 --product dock --hand-over serial:\(tty) "
                + "--endpoint mqtts://localhost:\(broker.port)")
        try #require(handed.code == 0, "\(handed.output)\(handed.errors)")
    }

    private func connect() throws {
        let connected = try home.muster("simulate device \(disk) --connect --root root.pem")
        try #require(connected.code == 0, "\(connected.output)\(connected.errors)")
    }

    private func ask() throws -> Finished {
        try home.muster("verify SIM-1 --json --by device --to serial:\(tty)")
    }

    private func cause(_ finished: Finished) throws -> String? {
        let failure = try finished.objects.compactMap { $0["failure"] as? [String: Any] }.last
        return (failure?["cause"] as? [String: Any])?["code"] as? String
    }

    @Test func `a device signs for its connection, and the registrar holds that against its certificate`()
        throws
    {
        let broker = try broker()
        let device = try device()
        defer { withExtendedLifetime(device) {} }
        try handOver(broker)
        let early = try ask()
        #expect(early.code == 1, "\(early.output)\(early.errors)")
        #expect(try cause(early) == "device_not_connected")
        #expect(try !home.muster("device show SIM-1").output.contains("online"))
        try connect()
        let finished = try ask()
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        let proof = try #require(try finished.objects.compactMap { $0["proof"] as? [String: Any] }.last)
        #expect(proof["witness"] as? String == "device" && proof["isCertificateOnRecord"] as? Bool == true)
        #expect(proof["endpoint"] as? String == "mqtts://localhost:\(broker.port)")
        #expect(proof["statement"] != nil)
        let shown = try home.muster("device show SIM-1").output
        #expect(shown.contains("online: it signed for its connection to mqtts://localhost"), "\(shown)")
        let told = try home.muster("device history --json --registrar SIM-1").objects
        #expect(told.suffix(1).first?["outcome"] as? String == "verified")
    }

    @Test(arguments: ["old-connection", "clone"])
    func `a signature over another question, or by another key, proves nothing`(_ lie: String) throws {
        let broker = try broker()
        do {
            let honest = try device()
            defer { withExtendedLifetime(honest) {} }
            try handOver(broker)
            try connect()
        }
        let liar = try device(["--lie", lie])
        defer { withExtendedLifetime(liar) {} }
        let finished = try ask()
        #expect(finished.code == 1, "\(finished.output)\(finished.errors)")
        #expect(try cause(finished) == "device_signature_false")
        let shown = try home.muster("device show SIM-1").output
        #expect(!shown.contains("online") && shown.contains("device_signature_false"))
    }

    @Test func `another device on the link is told from the one that is asked for`() throws {
        let broker = try broker()
        do {
            let right = try device()
            defer { withExtendedLifetime(right) {} }
            try handOver(broker)
        }
        let other = try DeviceProcess(
            disk: home.directory.file("other"), tty: tty, ["--identity", "SIM-2"])
        defer { withExtendedLifetime(other) {} }
        let finished = try ask()
        #expect(finished.code == 65 && finished.errors.contains("this is not SIM-1"), "\(finished.errors)")
    }

    @Test func `a connection by another certificate than the present one is no proof of that`() throws {
        let broker = try broker()
        let device = try device()
        defer { withExtendedLifetime(device) {} }
        try handOver(broker)
        try connect()
        // The same key gets a new certificate, and the device has not used it yet.
        let bundle = try #require(
            try home.muster("simulate device \(disk) --show --json").objects.last?["active"] as? String)
        #expect(!bundle.isEmpty)
        let request = "openssl req -new -key disk/key.pem -subj /CN=SIM-1 -out again.csr"
        try #require(try home.shell(request).code == 0)
        let renewed = try home.muster("commission --serial SIM-1 --product dock --csr again.csr")
        try #require(renewed.code == 0, "\(renewed.output)\(renewed.errors)")
        let finished = try ask()
        #expect(finished.code == 1, "\(finished.output)")
        #expect(try cause(finished) == "connected_with_another")
    }

    @Test func `a stick answers nobody, and a link has to be named`() throws {
        let broker = try broker()
        do {
            let device = try device()
            defer { withExtendedLifetime(device) {} }
            try handOver(broker)
        }
        #expect(try home.muster("verify SIM-1 --by device").code == 64)
        try #require(try home.muster("simulate device \(disk) --directory stick").code == 0)
        let stick = try home.muster("verify SIM-1 --by device --to dir:stick")
        #expect(stick.code == 64 && stick.errors.contains("nobody answers at dir:"), "\(stick.errors)")
    }
}
