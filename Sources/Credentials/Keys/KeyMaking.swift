internal import COpenSSL
import Model
import Synchronization

extension KeyHandle {
    /// A new key; its private half lies in the secure heap.
    static func generate(_ kind: KeyKind) throws(CredentialsError) -> KeyHandle {
        _ = SecureHeap.isReady
        let made: OpaquePointer?
        switch kind {
        case .p256: made = try P256Makers.shared.make()
        case .p384: made = cossl_generate_ec("P-384")
        case .ed25519: made = cossl_generate("ED25519")
        case .x25519: made = cossl_generate("X25519")
        case .rsa(let bits):
            guard (2048...8192).contains(bits) else {
                throw .failed(step: "Making a key", reason: "an RSA key must have 2048 to 8192 bits")
            }
            made = cossl_generate_rsa(bits)
        case .other(let name): throw .failed(step: "Making a key", reason: "`\(name)` is not offered")
        }
        return KeyHandle(try Library.make(made, "Making a key"), kind: kind)
    }
}

/// Makers of P-256 keys, each with its curve set up, which takes longer than a key itself. There are as many as keys
/// were ever made at the same time.
private final class P256Makers: @unchecked Sendable {
    // A maker is in the list or with one thread, never both.
    private let idle = Mutex<[Maker]>([])
    static let shared = P256Makers()

    private struct Maker: @unchecked Sendable {
        let context: OpaquePointer
    }

    func make() throws(CredentialsError) -> OpaquePointer? {
        let waiting = idle.withLock { $0.popLast() }
        let maker = if let waiting { waiting } else { try Self.newMaker() }
        defer { idle.withLock { $0.append(maker) } }
        var key: OpaquePointer?
        return EVP_PKEY_generate(maker.context, &key) == 1 ? key : nil
    }

    private static func newMaker() throws(CredentialsError) -> Maker {
        let step = "Making a key"
        let context = try Library.make(EVP_PKEY_CTX_new_from_name(nil, "EC", nil), step)
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, "P-256") == 1 else {
            EVP_PKEY_CTX_free(context)
            throw Library.failure(step)
        }
        return Maker(context: context)
    }
}
