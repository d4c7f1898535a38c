import AzureIoT
import Credentials
import HTTPClient
import Model
import TargetCore

// Values of one module as another one takes them.

extension HTTPClient.Identity {
    /// - Throws: `DeviceCloudError.keyInTPM`.
    init(_ identity: TLSIdentity) throws {
        guard !identity.key.isInTPM else { throw DeviceCloudError.keyInTPM }
        self.init(
            certificateChain: try identity.chain.map { try $0.pem }.joined(), key: try identity.key.pem)
    }
}

extension CloudReply {
    init(_ reply: HTTPReply) {
        self.init(
            status: reply.status,
            headers: reply.headers.map { CloudCall.Field($0.name, $0.value.unredacted) }, body: reply.body)
    }
}

extension TPMSealedKey {
    init(_ challenge: TPMChallenge) {
        self.init(
            identityObject: challenge.identityObject, encryptedSecret: challenge.encryptedSecret,
            duplicate: challenge.duplicate, importSeed: challenge.importSeed,
            publicArea: challenge.publicArea)
    }
}
