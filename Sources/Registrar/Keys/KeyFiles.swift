import Credentials
import Model
import Processes

/// The files of a registrar's keys. What is secret may be sealed under a passphrase.
struct KeyFiles {
    enum Name: String, CaseIterable {
        case rootKey = "root-key.pem"
        case rootCertificate = "root.pem"
        case issuingKey = "issuing-key.pem"
        case issuingCertificate = "issuing.pem"
        case receipt = "receipt-key.pem"
        case sealing = "sealing.key"
        case claimCode = "claim-code.key"
        /// Of the server, where the issuing key is elsewhere.
        case serverKey = "server-key.pem"
        case serverCertificate = "server.pem"

        var isSecret: Bool {
            switch self {
            case .rootCertificate, .issuingCertificate, .serverCertificate: false
            case .rootKey, .issuingKey, .receipt, .sealing, .claimCode, .serverKey: true
            }
        }
    }

    private let directory: String
    private let passphrase: SecretBytes?
    /// The key that was derived last: files that were written together share it.
    private var derived: PassphraseKey?

    init(directory: String, passphrase: SecretBytes?) {
        self.directory = directory
        self.passphrase = passphrase
    }

    private func path(_ name: Name) -> String { directory + "/keys/" + name.rawValue }

    /// A new key to seal files with.
    static func key(_ passphrase: SecretBytes) throws(RegistrarError) -> PassphraseKey {
        guard passphrase.count >= PassphraseKey.leastBytes else { throw .passphraseShort }
        return try RegistrarError.wrapping { () throws(CredentialsError) in
            try PassphraseKey.make(passphrase)
        }
    }

    func write(_ bytes: [UInt8], _ name: Name, sealedWith key: PassphraseKey?) throws(RegistrarError) {
        var bytes = bytes
        if let key, name.isSecret {
            bytes = try RegistrarError.wrapping { () throws(CredentialsError) -> [UInt8] in
                let sealed = try key.seal(bytes, name: name.rawValue)
                do { return try CanonicalJSON.encode(sealed) } catch {
                    throw .failed(step: "Writing a sealed key", reason: "\(error)")
                }
            }
        }
        let contents = bytes
        try RegistrarError.wrapping { () throws(SystemError) in
            try Files.makeDirectories(directory + "/keys", mode: 0o700)
            try Files.writeAtomically(contents, to: path(name), mode: 0o600)
        }
    }

    private func raw(_ name: Name) throws(RegistrarError) -> [UInt8] {
        try RegistrarError.wrapping { () throws(SystemError) in
            try Files.read(path(name), limit: Certificate.limitBytes)
        }
    }

    private func sealed(_ name: Name) throws(RegistrarError) -> SealedFile? {
        try? CanonicalJSON.decode(SealedFile.self, from: try raw(name))
    }

    /// Whether every secret file is sealed.
    func areSealed() throws(RegistrarError) -> Bool {
        for name in secrets {
            guard try sealed(name) != nil else { return false }
        }
        return true
    }

    mutating func read(_ name: Name) throws(RegistrarError) -> [UInt8] {
        guard name.isSecret, let sealed = try sealed(name) else { return try raw(name) }
        guard let passphrase else { throw .keysSealed(directory: directory) }
        let key = try key(of: sealed, passphrase)
        derived = key
        do { return try key.open(sealed, name: name.rawValue) } catch {
            guard case .notGenuine = error else { throw .credentials(error) }
            throw .passphraseWrong(directory: directory)
        }
    }

    private func key(
        of sealed: SealedFile, _ passphrase: SecretBytes
    ) throws(RegistrarError) -> PassphraseKey {
        if let derived, Base64.encode(derived.salt) == sealed.salt, derived.cost == sealed.cost {
            return derived
        }
        return try RegistrarError.wrapping { () throws(CredentialsError) -> PassphraseKey in
            try sealed.key(of: passphrase)
        }
    }

    mutating func text(_ name: Name) throws(RegistrarError) -> Redacted<String> {
        Redacted(String(decoding: try read(name), as: UTF8.self))
    }

    /// Seals every secret file under the passphrase, those that lie open and those that it sealed before. Interrupted, it can
    /// be done again: what is sealed already opens with the same passphrase.
    mutating func sealAll() throws(RegistrarError) {
        guard let passphrase else { throw .keysSealed(directory: directory) }
        let key = try Self.key(passphrase)
        var contents: [(Name, [UInt8])] = []
        for name in secrets {
            contents.append((name, try read(name)))
        }
        for (name, bytes) in contents { try write(bytes, name, sealedWith: key) }
    }

    /// Writes every secret file open again, for its owner alone.
    mutating func unsealAll() throws(RegistrarError) {
        for name in secrets { try write(try read(name), name, sealedWith: nil) }
    }

    /// Writes a file as the others lie here: sealed with their key, or open.
    mutating func rewrite(_ bytes: [UInt8], _ name: Name) throws(RegistrarError) {
        guard name.isSecret, try sealed(.issuingKey) != nil else {
            return try write(bytes, name, sealedWith: nil)
        }
        _ = try read(.issuingKey)
        try write(bytes, name, sealedWith: derived)
    }

    /// The secret files that are here: the root's key may have been moved off the machine, and not every registrar has one
    /// for its server.
    private var secrets: [Name] {
        Name.allCases.filter { $0.isSecret && ($0 != .rootKey && $0 != .serverKey || exists($0)) }
    }

    func exists(_ name: Name) -> Bool { (try? Files.status(path(name))) ?? nil != nil }
}
