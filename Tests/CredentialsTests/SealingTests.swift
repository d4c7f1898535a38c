import Credentials
import Foundation
import Model
import Testing

/// HPKE against published vectors, and what a sealed box refuses.
@Suite struct SealingTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        var source: String
        var aead: UInt16
        var info: String
        var ephemeralPrivate: String
        var recipientPrivate: String
        var recipientPublic: String
        var encapsulated: String
        var associatedData: String
        var plaintext: String
        var ciphertext: String

        var testDescription: String { source }

        func bytes(_ field: KeyPath<Vector, String>) throws -> [UInt8] {
            try #require(Hexadecimal.decode(self[keyPath: field]))
        }
    }

    static func vectors() throws -> [Vector] {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Vectors/hpke.json")
        return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: url))
    }

    @Test(arguments: try vectors()) func `sealing and opening give the published bytes`(_ vector: Vector)
        throws
    {
        let suite = try #require(HPKE.Suite(rawValue: vector.aead))
        let recipient = try SealingKeyPair(privateKey: Redacted(vector.bytes(\.recipientPrivate)))
        #expect(try recipient.publicKey == vector.bytes(\.recipientPublic))
        let sealed = try HPKE.seal(
            vector.bytes(\.plaintext), to: recipient.publicKey, info: vector.bytes(\.info),
            associatedData: vector.bytes(\.associatedData),
            ephemeral: SealingKeyPair(privateKey: Redacted(vector.bytes(\.ephemeralPrivate))), suite: suite)
        #expect(try sealed.encapsulatedKey == vector.bytes(\.encapsulated))
        #expect(try sealed.ciphertext == vector.bytes(\.ciphertext))
        let opened = try HPKE.open(
            sealed, with: recipient, info: vector.bytes(\.info),
            associatedData: vector.bytes(\.associatedData), suite: suite)
        #expect(try opened == vector.bytes(\.plaintext))
    }

    @Test func `both ciphers have a vector`() throws {
        #expect(try Self.vectors().map(\.aead).sorted() == [1, 2])
    }

    private static let info = Array("muster test".utf8)
    private static let associated = Array("SN-1".utf8)

    @Test(arguments: [0, 1, 15, 16, 17, 5000]) func `what is sealed is opened, at any length`(_ count: Int)
        throws
    {
        let key = try SealingKeyPair.generate()
        let secret = (0..<count).map { UInt8($0 % 251) }
        func seal() throws -> HPKE.Sealed {
            try HPKE.seal(secret, to: key.publicKey, info: Self.info, associatedData: Self.associated)
        }
        let sealed = try seal()
        #expect(try HPKE.open(sealed, with: key, info: Self.info, associatedData: Self.associated) == secret)
        #expect(try seal() != sealed, "each box has a key of its own")
        #expect(sealed.encapsulatedKey.count == 32 && sealed.ciphertext.count == count + 16)
    }

    @Test func `a box that was changed at any byte, or is opened otherwise than it was sealed, stays shut`()
        throws
    {
        let key = try SealingKeyPair.generate()
        let sealed = try HPKE.seal(
            Array("C7F2A94D".utf8), to: key.publicKey, info: Self.info, associatedData: Self.associated)
        func staysShut(
            _ box: HPKE.Sealed, _ key: SealingKeyPair, _ info: [UInt8] = Self.info,
            _ data: [UInt8] = Self.associated
        ) {
            #expect {
                try HPKE.open(box, with: key, info: info, associatedData: data)
            } throws: { error in
                guard case .notGenuine("sealed box", _)? = error as? CredentialsError else { return false }
                return true
            }
        }
        for index in sealed.ciphertext.indices {
            var box = sealed
            box.ciphertext[index] ^= 1
            staysShut(box, key)
            box.ciphertext = Array(sealed.ciphertext.prefix(index))
            staysShut(box, key)
        }
        for index in sealed.encapsulatedKey.indices {
            var box = sealed
            box.encapsulatedKey[index] ^= 0x80
            staysShut(box, key)
            box.encapsulatedKey = Array(sealed.encapsulatedKey.prefix(index))
            staysShut(box, key)
        }
        staysShut(sealed, try SealingKeyPair.generate())
        staysShut(sealed, key, [], Self.associated)
        staysShut(sealed, key, Self.info, Array("SN-2".utf8))
        // A point of small order agrees on zeros with every key.
        staysShut(
            HPKE.Sealed(encapsulatedKey: Array(repeating: 0, count: 32), ciphertext: sealed.ciphertext), key)
    }

    @Test func `a sealing key has 32 bytes and keeps them through its raw form`() throws {
        let key = try SealingKeyPair.generate()
        let again = try SealingKeyPair(privateKey: key.privateKey)
        #expect(try again.publicKey == key.publicKey)
        #expect(throws: CredentialsError.self) { try SealingKeyPair(privateKey: Redacted([1, 2, 3])) }
        #expect(throws: CredentialsError.self) {
            try HPKE.seal([1], to: [UInt8](repeating: 0, count: 32), info: [], associatedData: [])
        }
    }
}
