import Credentials
import Model
import TestSupport
import Testing

/// From the installer's command to the device at its hub, with the real programs: the registrar enrols at the stand-in
/// for Azure, and the simulated device registers there by itself.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct EnrolledByMusterTests {
    private static let directory = "--directory state/muster/registrar"
    private let home: Home
    private let emulated: SoftwareTPM
    private let world: AzureWorld

    init() throws {
        emulated = try SoftwareTPM()
        home = try Home(["MUSTER_VAULT_PASSPHRASE_FILE": "pass", "MUSTER_TCTI": emulated.tcti])
        world = try AzureWorld(["--retry-after", "0", "--assigning-polls", "0"])
        _ = try home.write("tisch-pferd-lampe-zwiebel", to: "pass")
        _ = try home.write(world.authority, to: "peers.pem")
        let dps = world.peer.ready.dps
        _ = try home.write(
            try #require(dps.policy("provisioningserviceowner")).key.unredacted, to: "dps.key")
        try #require(try home.shell("chmod 600 pass dps.key").code == 0)
        try #require(try home.muster("demo --prepare").code == 0)
    }

    /// Adds the service as a target, where devices prove themselves in one way.
    private func add(proof: String) throws {
        let ready = world.peer.ready
        let added = try home.registrar(
            "target add dps azure-dps --set serviceHost=\(ready.dps.name) --set serviceURL=\(ready.dps.url) "
                + "--set idScope=\(ready.device.idScope) --set deviceURL=\(ready.device.url) "
                + "--set access.sharedAccess.policy=provisioningserviceowner --set enrolment.proof=\(proof) "
                + "--secret key=dps.key --ca peers.pem \(Self.directory)")
        try #require(added.code == 0, "\(added.output)\(added.errors)")
    }

    private func commission(_ serial: String, _ options: String) throws {
        let finished = try home.muster(
            "commission --json --serial \(serial) --product dock --target dps \(options)")
        try #require(finished.code == 0, "\(finished.output)\(finished.errors)")
    }

    /// The device registers under the name that the registrar gave it, and its message comes to the hub it was assigned.
    private func expectRegistered(_ serial: String, _ options: String) throws {
        let shown = try #require(try home.muster("device show --json \(serial)").objects.first)
        let target = try #require(shown["target"] as? [String: Any])
        let name = try #require(target["name"] as? String)
        let registered = try home.muster(
            "simulate device dev --json --identity \(serial) --register \(world.scope) --root peers.pem "
                + "--registration-id \(name) \(options)")
        try #require(registered.code == 0, "\(registered.output)\(registered.errors)")
        let hubName = try #require(try registered.objects.last?["assignedHub"] as? String)
        let hub = try #require(world.peer.ready.hubs.first { $0.name == hubName })
        let connected = try home.muster(
            "simulate device dev --json --connect --hub-at \(hub.url) --root peers.pem \(options)")
        #expect(connected.code == 0, "\(connected.output)\(connected.errors)")
    }

    @Test func `a TPM that was enrolled by its printed identity`() throws {
        try add(proof: "tpm")
        _ = try home.write(try home.muster("key identity").output, to: "tpm.json")
        try commission("TPM-1", "--tpm-identity tpm.json")
        try expectRegistered("TPM-1", "--tpm")
    }

    @Test func `a key that came back sealed to the installer`() throws {
        try add(proof: "symmetricKey")
        try #require(try home.muster("vault create").code == 0)
        try commission("KEY-1", "--symmetric-key")
        try #require(try home.muster("device key KEY-1 --output device.key").code == 0)
        try expectRegistered("KEY-1", "--device-key device.key")
    }
}
