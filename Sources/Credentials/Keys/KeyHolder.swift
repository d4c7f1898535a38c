package import Model

/// What keeps a private key outside of this process and signs with it there.
///
/// Everything that signs asks `PrivateKey`; nothing else knows where a key is.
protocol KeyHolder: Sendable {
    var place: KeyPlace { get }
    /// What is kept of the key here, in PEM; of use to the holder alone.
    var reference: String { get }
    /// A signature as `PrivateKey.sign` gives it. It may block for as long as hardware takes.
    ///
    /// - Throws: `keyNotReached`.
    func signature(over bytes: [UInt8]) throws(CredentialsError) -> [UInt8]
}

/// Where a private key is.
package enum KeyPlace: Equatable, Sendable, CustomStringConvertible {
    /// In a file, and in this process while it runs.
    case file
    case tpm(TPMAddress)
    case module(ModuleKeyURI)

    package var description: String {
        switch self {
        case .file: "in a file"
        case .tpm(let address): "in the TPM at \(address)"
        case .module(let uri): "in a PKCS #11 token (\(uri.withoutFiles))"
        }
    }
}

/// Text that keeps a key, or says where it is. Explanatory text before PEM is left alone by whatever reads PEM.
/// Source: RFC 7468, section 5.2.
private enum StoredKey {
    static let tpm = "Held by TPM: "
    static let module = "Held by PKCS #11: "
}

extension PrivateKey {
    package var place: KeyPlace { holder?.place ?? .file }

    /// The key, or what is needed to find its holder again. For files of mode 0600 only.
    package var stored: Redacted<String> {
        get throws(CredentialsError) {
            switch place {
            case .file: try pem
            case .tpm(let address): Redacted(StoredKey.tpm + "\(address)\n" + (try pem.unredacted))
            case .module(let uri): Redacted(StoredKey.module + "\(uri)\n" + (try pem.unredacted))
            }
        }
    }

    /// Reads what `stored` gives. The holder is not asked: what is wrong with it is told by the first signature.
    ///
    /// `readPIN` reads the file that a module's key names for its PIN, whenever the key signs.
    package init(
        stored: Redacted<String>, readPIN: @escaping ModuleKeyURI.PINReader
    ) throws(CredentialsError) {
        let text = stored.unredacted
        let line = text.prefix { !$0.isNewline }
        if line.hasPrefix(StoredKey.tpm) {
            do throws(TPMError) {
                let address = try TPMAddress(String(line.dropFirst(StoredKey.tpm.count)))
                self = try TPM(at: address).key(pem: text)
            } catch { throw .keyNotReached(error.explanation) }
        } else if line.hasPrefix(StoredKey.module) {
            do throws(ModuleError) {
                let uri = try ModuleKeyURI(String(line.dropFirst(StoredKey.module.count)))
                self = try ModuleKey(uri, readPIN: readPIN).key(publicKey: text)
            } catch { throw .keyNotReached(error.explanation) }
        } else {
            try self.init(pem: stored)
        }
    }
}
