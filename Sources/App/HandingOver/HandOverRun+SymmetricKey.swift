import CommandTable
import Credentials
import HandOver
import Model
import Store
import SyncCore

extension HandOverRun {
    /// Whether the device was last to be let in by a symmetric key of its target: the key is here, or on its way.
    func awaitsSymmetricKey() async throws -> Bool {
        if try await companion.store.provisioning(of: device.lane)?.sealedKey != nil { return true }
        let last = try await companion.store.history(device.lane).last { entry in
            entry.kind == .provision && entry.state != .withdrawn && entry.state != .superseded
        }
        guard let last, last.receipt == nil,
            case .provision(let body) = try await companion.store.frozen(last.operationID).operation.body,
            case .symmetricKey = body.attestation
        else { return false }
        return true
    }

    /// Brings the device the key that its target made for it, in place of a certificate.
    mutating func giveSymmetricKey(_ announcement: DeviceAnnouncement) async throws -> ExitCode {
        guard try await companion.store.provisioning(of: device.lane)?.sealedKey != nil else {
            try take(.keyMade)
            try take(.certificateOutstanding)
            say(.keyOutstanding)
            return .savedNotConfirmed
        }
        let key = try await SymmetricKeyVault(companion).key(
            of: device, session, saying: "Nothing was handed over")
        guard let bytes = SymmetricKeyProof.key(ofPart: key.text.unredacted) else {
            throw CredentialsError.unreadable(subject: "symmetric key", reason: "it must be base64")
        }
        let mark = SymmetricKeyProof.mark(of: bytes, digest: Digest.sha256)
        record.begin(mark, key: mark, surroundings)
        record.keyIsOf = key.target
        record.operation = key.operation
        try take(.keyMade)
        say(.keyTaken(target: key.target))
        try take(.certificateThere)
        tell(.certificateThere)
        let services = try await HandOverServices(companion.store, registrar, of: device, named: endpoint)
        self.services = services
        let bundle = try HandOverBundle(
            symmetricKey: key.text, record: record, operation: key.operation, device: announcement,
            registrar: registrar, services: services)
        record.endpoints = services.endpoints
        return try await give(bundle, announcement)
    }

    /// Forgets the key that the device has proven to have.
    func wipeSymmetricKey() async throws {
        let wasThere = try await SymmetricKeyVault(companion).forget(device, session)
        guard wasThere else { return }
        remark(.symmetricKeyWiped)
    }
}
