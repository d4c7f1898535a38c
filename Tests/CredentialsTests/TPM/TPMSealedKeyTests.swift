import Credentials
import Model
import TestSupport
import Testing

/// Keys that a service closes for one TPM: opened and used there, refused everywhere else.
@Suite struct TPMSealedKeyTests {
    private let emulated: SoftwareTPM
    private let tpm: TPM
    private let secret = [UInt8](1...32)
    private let text = Array("0ne00AABBCC%2Fregistrations%2Fmeter-0001\n1790000000".utf8)

    init() throws {
        emulated = try SoftwareTPM()
        tpm = TPM(at: try TPMAddress(emulated.tcti))
    }

    private func expectNothingLeft() throws {
        for left in SoftwareTPM.Left.allCases {
            #expect(try emulated.count(of: left) == 0, "\(left)")
        }
    }

    @Test func `the identity is that of RSA keys and stays the same`() throws {
        let identity = try tpm.identity()
        #expect(identity.endorsementKey.hasPrefix("AToAAQALAAMAsg"))
        let endorsement = try #require(Base64.decode(identity.endorsementKey))
        let root = try #require(identity.storageRootKey.flatMap { Base64.decode($0) })
        #expect(endorsement.count == 316 && root.count == 284)
        try expectNothingLeft()
        try emulated.restart()
        #expect(try tpm.identity() == identity)
        let stranger = try SoftwareTPM()
        let theirs = try TPM(at: TPMAddress(stranger.tcti)).identity()
        #expect(theirs.endorsementKey != identity.endorsementKey)
        #expect(theirs.storageRootKey != identity.storageRootKey)
        withExtendedLifetime(stranger) {}
    }

    @Test func `what the TPM signs is what the key signs in software, for ten keys, and nothing is left`()
        throws
    {
        let sealer = try KeySealer(for: try tpm.identity())
        for round in UInt8(0)..<10 {
            let secret = secret.map { $0 ^ round }
            let key = try tpm.open(try sealer.seal(secret))
            #expect(try key.hmacSHA256(text) == Digest.hmacSHA256(key: secret, text))
            try expectNothingLeft()
        }
        let key = try tpm.open(try sealer.seal(secret))
        #expect(try key.hmacSHA256([]) == Digest.hmacSHA256(key: secret, []))
        let longest = [UInt8](repeating: 7, count: TPMHMACKey.limitBytes)
        #expect(try key.hmacSHA256(longest) == Digest.hmacSHA256(key: secret, longest))
        #expect(throws: TPMError.tooLong(bytes: 1025, limit: 1024)) { try key.hmacSHA256(longest + [7]) }
    }

    @Test func `a stored key signs after a loss of power, in this TPM alone`() throws {
        let key = try tpm.open(try KeySealer(for: try tpm.identity()).seal(secret))
        try emulated.restart()
        let again = try TPMHMACKey(key.blob, in: tpm)
        #expect(try again.hmacSHA256(text) == Digest.hmacSHA256(key: secret, text))
        let stranger = try SoftwareTPM()
        let taken = try TPMHMACKey(key.blob, in: TPM(at: TPMAddress(stranger.tcti)))
        #expect(throws: TPMError.notItsOwn) { try taken.hmacSHA256(text) }
        for count in 0..<key.blob.count {
            #expect(throws: TPMError.badKeyBlob) { try TPMHMACKey(Array(key.blob.prefix(count)), in: tpm) }
        }
        for place in key.blob.indices {
            var changed = key.blob
            changed[place] ^= 0x10
            #expect(throws: TPMError.self) { try TPMHMACKey(changed, in: tpm).hmacSHA256(text) }
        }
        #expect(try again.hmacSHA256(text) == Digest.hmacSHA256(key: secret, text))
        try expectNothingLeft()
        withExtendedLifetime(stranger) {}
    }

    @Test func `what is closed for another TPM is refused by name`() throws {
        let stranger = try SoftwareTPM()
        let theirs = try KeySealer(for: try TPM(at: TPMAddress(stranger.tcti)).identity()).seal(secret)
        #expect(throws: TPMError.sealedForAnother) { try tpm.open(theirs) }
        let ours = try tpm.identity()
        // The right TPM, but another storage root key than the one that the service was told.
        var mixed = ours
        mixed.storageRootKey = try TPM(at: TPMAddress(stranger.tcti)).identity().storageRootKey
        let misplaced = try KeySealer(for: mixed).seal(secret)
        #expect(throws: TPMError.sealedKeyDamaged) { try tpm.open(misplaced) }
        try expectNothingLeft()
        #expect(try tpm.open(try KeySealer(for: ours).seal(secret)).hmacSHA256(text).count == 32)
        withExtendedLifetime(stranger) {}
    }

    enum Part: CaseIterable, Sendable {
        case identityObject, encryptedSecret, duplicate, importSeed, publicArea

        var path: WritableKeyPath<TPMSealedKey, [UInt8]> {
            switch self {
            case .identityObject: \.identityObject
            case .encryptedSecret: \.encryptedSecret
            case .duplicate: \.duplicate
            case .importSeed: \.importSeed
            case .publicArea: \.publicArea
            }
        }
    }

    @Test(arguments: Part.allCases) func `a part that is changed or cut is refused`(_ part: Part) throws {
        let part = part.path
        let sealed = try KeySealer(for: try tpm.identity()).seal(secret)
        let refusals: [TPMError] = [.sealedKeyDamaged, .sealedForAnother]
        let count = sealed[keyPath: part].count
        for place in [0, 1, 2, 3, count / 2, count - 1] {
            var changed = sealed
            changed[keyPath: part][place] ^= 0x10
            let error = #expect(throws: TPMError.self) { try tpm.open(changed) }
            #expect(error.map(refusals.contains) == true, "\(place) \(String(describing: error))")
        }
        var cut = sealed
        cut[keyPath: part].removeLast()
        #expect(throws: TPMError.sealedKeyDamaged) { try tpm.open(cut) }
        cut[keyPath: part] = []
        #expect(throws: TPMError.sealedKeyDamaged) { try tpm.open(cut) }
        cut[keyPath: part] = sealed[keyPath: part] + [0]
        #expect(throws: TPMError.sealedKeyDamaged) { try tpm.open(cut) }
        try expectNothingLeft()
        #expect(try tpm.open(sealed).hmacSHA256(text) == Digest.hmacSHA256(key: secret, text))
    }

    @Test func `a storage root key that is kept in the TPM is used`() throws {
        let derived = try tpm.identity()
        try emulated.keepAnotherRoot(than: derived)
        let kept = try tpm.identity()
        #expect(
            kept.endorsementKey == derived.endorsementKey && kept.storageRootKey != derived.storageRootKey)
        let key = try tpm.open(try KeySealer(for: kept).seal(secret))
        #expect(try key.hmacSHA256(text) == Digest.hmacSHA256(key: secret, text))
        #expect(throws: TPMError.sealedKeyDamaged) {
            try tpm.open(try KeySealer(for: derived).seal(secret))
        }
        try expectNothingLeft()
        #expect(try tpm.identity() == kept)
    }

    @Test func `a TPM without an endorsement key says so`() throws {
        let sealed = try KeySealer(for: try tpm.identity()).seal(secret)
        try emulated.switchEndorsementOff()
        #expect(throws: TPMError.noEndorsementKey) { try tpm.identity() }
        #expect(throws: TPMError.noEndorsementKey) { try tpm.open(sealed) }
        try expectNothingLeft()
    }
}
