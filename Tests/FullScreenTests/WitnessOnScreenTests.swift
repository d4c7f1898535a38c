import Canvas
import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// The word of a device and of its target on the real screen, with a device that connects and a stand-in for hubs.
@Suite struct WitnessOnScreenTests {
    private let tablet: Tablet
    private let service: PeerCredentials

    private var disk: String { tablet.home.directory.file("disk") }
    private var tty: String { tablet.home.directory.file("tty") }

    init() throws {
        tablet = try Tablet.withSamples()
        service = try PeerCredentials(name: "Service root")
        _ = try tablet.home.write(try service.root.certificate.pem, to: "root.pem")
    }

    private func device() throws -> DeviceProcess {
        try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
    }

    private func addHub(_ peer: AzurePeer) throws {
        try tablet.home.addHub("eu", of: peer, registrar: "--directory tablet/registrar")
    }

    private func connect(_ options: String) throws {
        _ = try tablet.home.muster("simulate device \(disk) --connect \(options)").succeeded
    }

    private func connect(to peer: AzurePeer) throws {
        try connect("--hub-at \(peer.ready.hubs[0].url) --root \(peer.ready.ca)")
    }

    private func openVerify(_ serial: String) throws -> PTYSession {
        let session = try tablet.open()
        try session.openDevice(serial)
        try session.press("4")
        try session.see("Nothing is proven of its connection yet")
        return session
    }

    /// A certificate for a key in a file, and a broker that takes what its authority issued.
    private func certify(_ serial: String, _ options: String = "") throws -> BrokerPeer {
        let home = tablet.home
        let key = try PrivateKey.generate(.p256)
        _ = try home.write(try key.pem.unredacted, to: "\(serial).key")
        _ = try home.write(
            try CertificateRequest.create(key: key, commonName: serial).pem, to: "\(serial).csr")
        _ = try tablet.muster(
            "commission --serial \(serial) --product dock --csr \(serial).csr "
                + "--certificate \(serial).pem \(options)"
        ).succeeded
        let chain = try Certificate.chain(pem: try home.contents("\(serial).pem"))
        return try BrokerPeer(try service.server(), clientRoot: chain.last)
    }

    @Test func `a device is asked over a way that is chosen, and online by its own word once it was`() throws
    {
        let broker = try certify("SN-8")
        let device = try device()
        defer { withExtendedLifetime(device) {} }
        _ = try tablet.muster(
            "commission --serial SIM-1 --product dock --hand-over serial:\(tty) "
                + "--endpoint mqtts://localhost:\(broker.port)"
        ).succeeded
        let session = try openVerify("SIM-1")
        try session.press("3")
        try session.see("press Way, or hand over")
        try session.press("4")
        try session.see("Choose how to reach the device")
        try session.choose("serial:/dev/…")
        try session.see("Way serial:/dev/▏")
        try session.paste("serial:\(tty)")
        try session.see("ASK THE DEVICE")
        try session.press(Keys.enter)
        try session.see("by its own word it has not connected yet")
        try session.see("Check its network and the address of its service")
        try session.seeRow("operation", "✓ confirmed")
        try connect("--root root.pem")
        try session.press(Keys.enter)
        try session.seeWrapped(
            "✓ Online by its own signed word: connected to mqtts://localhost:\(broker.port)")
        try session.seeRow("operation", "✓ confirmed")
        let last = try #require(try tablet.muster("device history --json SIM-1").objects.last)
        #expect(last["kind"] as? String == "verify" && last["state"] as? String == "applied")
        #expect(
            try tablet.muster("device show SIM-1").output.contains("online: it signed for its connection"))
        // The next one knows the way.
        try session.press(Keys.escape)
        try session.press("4")
        try session.seeRow("way", "serial:\(tty)")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
    }

    @Test func `on the smallest screen too, a device that is not there is told from one that says no`() throws
    {
        let session: PTYSession
        do {
            let device = try device()
            defer { withExtendedLifetime(device) {} }
            _ = try tablet.muster("commission --serial SIM-1 --product dock").succeeded
            session = try tablet.open(size: .smallest)
            try session.openDevice("SIM-1")
            try session.press("3")
            try session.see("Choose how to reach")
            try session.choose("dir:…")
            try session.see("Way dir:▏")
            try session.paste("serial:\(tty)")
            try session.see("HAND OVER")
            try session.press(Keys.enter)
            try session.see("SIM-1 has its principals")
        }
        try session.press(Keys.escape)
        try session.see("Note on SIM-1")
        try session.press("4")
        try session.seeWrapped("Nothing is proven of its connection yet")
        try session.press("3")
        try session.seeWrapped("Nothing is proven of SIM-1:")
        #expect(!session.screen.contains("handed over"))
    }

    @Test(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
    func `a target is asked with one key, before and after it has seen the device`() throws {
        let peer = try AzurePeer(["--retry-after", "0"])
        try addHub(peer)
        let device = try device()
        defer { withExtendedLifetime(device) {} }
        _ = try tablet.muster(
            "commission --serial SIM-1 --product dock --hand-over serial:\(tty) --target eu"
        ).succeeded
        let session = try openVerify("SIM-1")
        try session.seeRow("target", "eu")
        try session.press("2")
        try session.see("Nothing is proven: eu has not seen it yet.")
        try session.see("Check power and network of the device")
        try session.seeRow("operation", "✓ confirmed")
        try connect(to: peer)
        try session.press(Keys.enter)
        try session.seeWrapped(
            "✓ Online by its target's word: seen at mqtts://\(peer.ready.hubs[0].name):8883")
        try session.seeRow("operation", "✓ confirmed")
        try session.press(Keys.escape)
        try session.press("4")
        try session.see("Online by its target's word")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
        #expect(try tablet.muster("device show SIM-1").output.contains("online: its target says"))
    }

    @Test(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
    func `a device that may be connected is thrown out once a person has typed the end of its name`() throws {
        let peer = try AzurePeer(["--retry-after", "0"])
        try addHub(peer)
        let broker = try certify("SN-1", "--target eu")
        let session = try openVerify("SN-1")
        try session.press("6")
        try session.see("Service mqtts://")
        try session.paste("mqtts://localhost:\(broker.port)")
        try session.see("press Root")
        try session.press("7")
        try session.choose("root.pem")
        try session.see("VERIFY")
        try session.press("5")
        try session.choose("SN-1.key")
        try session.see("VERIFY")
        try session.press(Keys.enter)
        try session.see("eu lets SN-1 in by its own name alone")
        try session.see("Then press Interrupt.")
        try session.press("8")
        try session.see("thrown out for a moment")
        try session.type("SN-1", into: "End of the name")
        try session.press(Keys.enter)
        try session.see("took its key and certificate")
        try session.seeRow("operation", "✓ confirmed")
        #expect(try broker.end().contains("as SN-1 (p2"), "Muster came by the device's own name")
    }
}

/// A question for the target of a team's registrar that is away.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct AwaitedWordTests {
    @Test func `it is saved, asked by itself when the registrar is back, and the answer stands there`() throws
    {
        let tablet = try Tablet()
        let home = tablet.home
        let peer = try AzurePeer(["--retry-after", "0"])
        try home.makeTeamRegistrar("product add dock --admission open")
        try home.addHub("eu", of: peer, registrar: "--directory reg")
        let server = try Server(home, directory: "reg")
        _ = try home.registrar(
            "pairing jk --directory reg --url https://127.0.0.1:\(server.port) --output jk.pairing"
        ).succeeded
        let (disk, tty) = (home.directory.file("disk"), home.directory.file("tty"))
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(device) {} }
        _ = try tablet.muster("registrar pair jk.pairing").succeeded
        _ = try tablet.muster(
            "commission --serial SIM-1 --product dock --hand-over serial:\(tty) --target eu"
        ).succeeded
        _ = try home.muster(
            "simulate device \(disk) --connect --hub-at \(peer.ready.hubs[0].url) --root \(peer.ready.ca)"
        ).succeeded
        try server.stop()
        let session = try tablet.open()
        try session.openDevice("SIM-1")
        try session.press("4")
        try session.see("Nothing is proven of its connection yet")
        try session.press("2")
        try session.seeWrapped("The question is saved. It is asked by itself when there is a network")
        try session.seeRow("operation", "● saved")
        try session.see("SYNC")
        #expect(!session.screen.contains("Online"))
        let again = try Server(home, directory: "reg", listen: "127.0.0.1:\(server.port)")
        try session.press(Keys.enter)
        try session.see("✓ Online by its target's word")
        try session.seeRow("operation", "✓ confirmed")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
        try again.stop()
    }
}
