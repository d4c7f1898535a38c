import HandOver
import Model
import TestSupport
import Testing

private let nonce = [UInt8](repeating: 9, count: 32)
private let operation = OperationID(milliseconds: 7, random: [UInt8](repeating: 2, count: 10))
private let parts: [BundleManifest.PartName: [UInt8]] = [
    .certificate: [1, 2, 3], .trust: [4, 5], .endpoint: [6],
]

/// Not a hash of any strength: these tests are about what is compared.
private let digest: DigestFunction = { bytes in
    var sum = [UInt8](repeating: UInt8(truncatingIfNeeded: bytes.count), count: 32)
    for (index, byte) in bytes.enumerated() { sum[index % 32] = sum[index % 32] &* 31 &+ byte &+ 1 }
    return sum
}

@Suite struct PrincipalsBundleTests {
    private func bundle() throws -> PrincipalsBundle {
        try PrincipalsBundle(
            operation: operation, deviceName: "SN-1", publicKeyHash: .zero, nonce: nonce, parts: parts,
            digest: digest)
    }

    @Test func `what was made is taken whole`() throws {
        let made = try bundle()
        let taken = try PrincipalsBundle(
            manifestBytes: made.manifestBytes, parts: made.parts, digest: digest)
        #expect(taken == made)
        #expect(made.manifest.parts.map(\.name) == [.certificate, .endpoint, .trust])
        #expect(made.contents(nonce: nonce, digest: digest) != made.contents(nonce: [1], digest: digest))
    }

    @Test func `a part that is missing, cut, changed or one too many is refused`() throws {
        let made = try bundle()
        for name in parts.keys {
            for change: [UInt8]? in [nil, parts[name]?.dropLast(), parts[name]?.map { $0 ^ 1 }] {
                var changed = parts
                changed[name] = change
                #expect(throws: HandOverError.partDamaged(name.rawValue)) {
                    try PrincipalsBundle(manifestBytes: made.manifestBytes, parts: changed, digest: digest)
                }
            }
        }
        var more = parts
        more[.manifest] = [1]
        #expect(throws: HandOverError.self) {
            try PrincipalsBundle(manifestBytes: made.manifestBytes, parts: more, digest: digest)
        }
    }

    @Test func `a symmetric key stands in place of a certificate, and is a secret as a private key is`()
        throws
    {
        func made(_ parts: [BundleManifest.PartName: [UInt8]]) throws -> PrincipalsBundle {
            try PrincipalsBundle(
                operation: operation, deviceName: "SN-1", publicKeyHash: .zero, nonce: nonce, parts: parts,
                digest: digest)
        }
        #expect(try made([.symmetricKey: [1], .trust: [2]]).holdsPrivateKey)
        #expect(try !bundle().holdsPrivateKey)
        for parts: [BundleManifest.PartName: [UInt8]] in [
            [.symmetricKey: [1], .trust: [2], .certificate: [3]], [.trust: [2]], [.symmetricKey: [1]],
        ] {
            #expect(throws: HandOverError.self) { try made(parts) }
        }
        #expect(DirectoryLayout.mode(of: "/x/ab.symmetric.key") == 0o600)
        #expect(DirectoryLayout.mode(of: "/x/ab.trust.pem") == 0o644)
    }

    @Test(arguments: [0, 15, 16, 64, 65])
    func `a symmetric key has 16 to 64 bytes, and is named without being told`(_ count: Int) {
        let bytes = [UInt8](repeating: 3, count: count)
        let key = SymmetricKeyProof.key(ofPart: Array(Base64.encode(bytes).utf8))
        #expect((key?.unredacted == bytes) == (16...64).contains(count))
        #expect(SymmetricKeyProof.key(ofPart: [0xFF]) == nil)
        guard let key else { return }
        let other = Redacted([UInt8](repeating: 4, count: count))
        #expect(
            SymmetricKeyProof.mark(of: key, digest: digest)
                != SymmetricKeyProof.mark(of: other, digest: digest))
    }

    @Test func `a manifest that is cut anywhere is refused`() throws {
        let bytes = try bundle().manifestBytes
        for count in bytes.indices {
            #expect(throws: HandOverError.self) { try BundleManifest.read(Array(bytes.prefix(count))) }
        }
    }

    @Test func `a manifest with a member out of range is refused`() throws {
        let good = try bundle().manifest
        var bad: [BundleManifest] = []
        func changed(_ change: (inout BundleManifest) -> Void) {
            var manifest = good
            change(&manifest)
            bad.append(manifest)
        }
        changed { $0.version = 2 }
        changed { $0.nonce = "AA" }
        changed { $0.nonce = "not base64!" }
        changed { $0.parts = [] }
        changed { $0.parts.removeAll { $0.name == .trust } }
        changed { $0.parts[1] = $0.parts[0] }
        changed { $0.parts[1].name = .manifest }
        changed { $0.parts[0].sizeBytes = 0 }
        changed { $0.parts[0].sizeBytes = HandOverLimits.partBytes + 1 }
        changed { $0.deviceName = String(repeating: "x", count: HandOverLimits.manifestBytes) }
        for manifest in bad {
            let bytes = try CanonicalJSON.encode(manifest)
            #expect(throws: HandOverError.self, "\(manifest)") { try BundleManifest.read(bytes) }
        }
    }

    @Test func `random changes of a manifest never crash, and never give another bundle the same name`()
        throws
    {
        let made = try bundle()
        var random = SeededRandom(seed: 8)
        for _ in 0..<2000 {
            var bytes = made.manifestBytes
            let index = Int.random(in: bytes.indices, using: &random)
            bytes[index] = UInt8.random(in: 0...255, using: &random)
            guard bytes != made.manifestBytes else { continue }
            let taken = try? PrincipalsBundle(manifestBytes: bytes, parts: parts, digest: digest)
            #expect(taken?.id != made.id)
        }
    }

    @Test func `every error says what failed and what to do`() {
        let errors: [HandOverError] = [
            .manifestUnreadable("r"), .partDamaged("p"), .lineUnreadable("r"),
            .profileUnusable(name: "n", reason: "r"),
            .otherDevice(expected: "A", field: "serial", scanned: "A", said: "B"),
            .nothingToCompare(expected: "A"), .clonedIdentity(device: "A", reason: "r"),
            .requestUnreadable("r"), .refusedByDevice(code: "c", what: "w"), .notInstalled(device: "A"),
            .confirmationFalse(device: "A"), .noAnswer(link: "l"), .linkLost(link: "l"),
            .linkUnusable(link: "l", reason: "r"), .outOfOrder(state: .done, event: "e"),
        ]
        for error in errors {
            let explanation = error.explanation
            #expect(!explanation.id.isEmpty && explanation.what.hasSuffix("."))
            #expect(explanation.nextStep.hasSuffix("."))
        }
        #expect(Set(errors.map(\.explanation.id)).count == errors.count)
    }
}
