import Model

extension Home {
    /// The options by which `muster-registrar` works on the embedded registrar of `demo --prepare`.
    package static let embedded = "--directory state/muster/registrar"

    /// A file that only this user may read.
    package func writeSecret(_ text: String, to name: String) throws {
        _ = try write(text, to: name)
        _ = try shell("chmod 600 \(name)").succeeded
    }

    /// A home with the samples' registrar and a file with a passphrase for vaults.
    package static func withPassphrase() throws -> Home {
        let home = try Home(["MUSTER_VAULT_PASSPHRASE_FILE": "pass"])
        try home.writeSecret("tisch-pferd-lampe-zwiebel", to: "pass")
        _ = try home.muster("demo --prepare").succeeded
        return home
    }

    /// Adds one of a peer's hubs as a target of a registrar; of the embedded one where no options name another.
    package func addHub(
        _ name: String, _ number: Int = 0, of peer: AzurePeer, proof: String = "thumbprint",
        registrar options: String = embedded
    ) throws {
        let hub = peer.ready.hubs[number]
        guard let policy = hub.policy("iothubowner") else {
            throw ProgramFailure(description: "the hub \(hub.name) has no policy of its owner")
        }
        try writeSecret(policy.key.unredacted, to: "\(name).key")
        _ = try registrar(
            "target add \(name) iot-hub --set host=\(hub.name) --set url=\(hub.url) --set proof=\(proof) "
                + "--set access.sharedAccess.policy=iothubowner --secret key=\(name).key --ca \(peer.ready.ca) "
                + options
        ).succeeded
    }
}
