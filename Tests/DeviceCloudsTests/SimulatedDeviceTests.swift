import AzureIoT
import Credentials
import Model
import TestSupport
import Testing

/// The simulated device of the real program at the stand-in for Azure.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct SimulatedDeviceTests {
    private let home: Home
    private let emulated: SoftwareTPM
    private let world: AzureWorld

    init() throws {
        emulated = try SoftwareTPM()
        home = try Home(["MUSTER_TCTI": emulated.tcti])
        world = try AzureWorld(["--retry-after", "0", "--assigning-polls", "0", "--hub-name", Self.hub])
        _ = try home.write(world.authority, to: "peers.pem")
    }

    private static let hub = "contoso-hub-1.azure-devices.net"

    private func simulate(_ options: String) throws -> Finished {
        try home.muster("simulate device dev --json --root peers.pem " + options)
    }

    private var hubAt: String {
        get throws { "--connect --hub-at \(try #require(world.peer.ready.hubs.first).url)" }
    }

    private func expectMessages(_ count: Int) throws {
        let posts = try world.peer.requests().filter { $0.plane == "hub" && $0.method == "POST" }
        #expect(posts.map(\.status) == [Int?](repeating: 204, count: count))
    }

    @Test func `the identity that is printed enrols the TPM, and the device comes to its hub by it`() throws {
        let printed = try home.muster("key identity")
        #expect(printed.code == 0 && printed.errors.isEmpty, "\(printed.errors)")
        #expect(try home.muster("key identity --json").output == printed.output)
        let identity = try CanonicalJSON.decode(
            Attestation.TPMIdentity.self, from: Array(printed.output.utf8.dropLast()))
        #expect(try identity == TPM(at: TPMAddress(emulated.tcti)).identity())
        try world.administrator.enrol(
            "tpm-1",
            AttestationMechanism(
                type: .tpm,
                tpm: .init(
                    endorsementKey: identity.endorsementKey, storageRootKey: identity.storageRootKey)))
        let register = "--register \(world.scope) --tpm"
        let registered = try simulate("--identity TPM-1 \(register) \(try hubAt)")
        #expect(registered.code == 0, "\(registered.output)\(registered.errors)")
        let lines = try registered.objects
        #expect(lines.first?["assignedHub"] as? String == Self.hub)
        #expect(lines.first?["deviceId"] as? String == "tpm-1")
        #expect(lines.first?["status"] as? String == "assigned")
        #expect(lines.first?["substatus"] as? String == "initialAssignment")
        #expect(lines.last?["device"] as? String == "tpm-1")
        // It has kept the key that came, and does not register for the next message.
        try emulated.restart()
        let again = try simulate(try hubAt)
        #expect(again.code == 0, "\(again.output)\(again.errors)")
        try expectMessages(2)
        #expect(try world.count("PUT") == 2)
        #expect(try home.muster("key identity --tcti device:/dev/no-tpm").code == 69)
    }

    @Test func `a key is enough, whitespace around it or not, and a refusal has its code`() throws {
        try world.administrator.enrol("key-1", AttestationMechanism(type: .symmetricKey))
        let key = try world.administrator.primaryKey("key-1")
        _ = try home.write(key.unredacted + "\n", to: "key.txt")
        let register = "--identity KEY-1 --register \(world.scope) --device-key key.txt"
        let registered = try simulate("\(register) \(try hubAt)")
        #expect(registered.code == 0, "\(registered.output)\(registered.errors)")
        #expect(!(registered.output + registered.errors).contains(key.unredacted))
        try expectMessages(1)
        let unknown = try simulate("\(register) --registration-id key-2")
        #expect(unknown.code == 77, "\(unknown.output)\(unknown.errors)")
        #expect(try unknown.objects.last?["error"] as? String == "azure_device_unauthorized")
        try world.administrator.enrol(
            "key-3", AttestationMechanism(type: .symmetricKey), status: .disabled)
        _ = try home.write(try world.administrator.primaryKey("key-3").unredacted, to: "key.txt")
        let disabled = try simulate("\(register) --registration-id key-3")
        #expect(disabled.code == 77)
        #expect(try disabled.objects.last?["error"] as? String == "azure_device_disabled")
    }

    @Test func `the certificate that was handed over lets it in`() throws {
        let tty = home.directory.file("tty")
        let device = try DeviceProcess(
            disk: home.directory.file("dev"), tty: tty, ["--identity", "SIM-1"])
        let handedOver = try home.run([
            "commission", "--json", "--label", "SN:SIM-1", "--hand-over", "serial:\(tty)",
        ])
        try #require(handedOver.code == 0, "\(handedOver.output)\(handedOver.errors)")
        withExtendedLifetime(device) {}
        let standing = try #require(try home.muster("simulate device dev --show --json").objects.last)
        let trust = try #require(standing["trustFile"] as? String)
        let root = try #require(try Certificate.chain(pem: try home.contents(trust)).first)
        let certificates = AttestationMechanism.Certificates(primary: .init(certificate: try root.pem))
        try world.administrator.enrol(
            group: "fleet",
            AttestationMechanism(type: .x509, x509: .init(signingCertificates: certificates)))
        let registered = try simulate("--register \(world.scope) \(try hubAt)")
        #expect(registered.code == 0, "\(registered.output)\(registered.errors)")
        #expect(try registered.objects.first?["registrationId"] as? String == "sim-1")
        #expect(try registered.objects.first?["group"] as? String == "fleet")
        try expectMessages(1)
    }

    @Test(
        arguments: [
            ("--register 0ne00AABBCC", 64),
            ("--register dps:0ne00AABBCC@https://127.0.0.1:1 --device-key k", 69),
            ("--register dps:0ne00AABBCC", 1),
            ("--register dps:0ne00AABBCC --device-key k --registration-id /", 65),
            ("--register dps:0ne00AABBCC --device-key none", 69),
            ("--register dps:0ne00AABBCC --device-key bad", 65),
        ] as [(String, Int32)])
    func `what cannot be sent ends with its code`(_ options: String, _ code: Int32) throws {
        _ = try home.write("AAEC", to: "k")
        _ = try home.write("no key!", to: "bad")
        let finished = try simulate("--identity SIM-2 \(options)")
        #expect(finished.code == code, "\(finished.output)\(finished.errors)")
    }
}
