internal import CTPM
package import Model

/// The TPM 2.0 of a machine. Each use connects and disconnects, leaves nothing behind in it, and blocks: on hardware
/// for a tenth of a second up to seconds.
package struct TPM: Sendable {
    package let address: TPMAddress

    package init(at address: TPMAddress = .kernel) {
        self.address = address
    }

    /// Why the software that TPMs need cannot be loaded; `nil` when it is there.
    package static var libraryMissing: String? { ctpm_missing().map { String(cString: $0) } }

    /// Makes a key that never leaves the TPM: EC P-256, EC P-384 or RSA 2048.
    ///
    /// Nothing is kept in the TPM. What `pem` gives is the key, of use to this TPM alone.
    package func makeKey(_ kind: KeyKind) throws(TPMError) -> PrivateKey {
        let wanted =
            switch kind {
            case .p256: CTPM_P256
            case .p384: CTPM_P384
            case .rsa(bits: 2048): CTPM_RSA_2048
            case .ed25519, .x25519, .rsa, .other: throw .notOffered(kind)
            }
        var object = ctpm_object()
        let result = ctpm_make_key(address.text, wanted, &object)
        if result.outcome == CTPM_NOT_OFFERED { throw .notOffered(kind) }
        try check(result)
        return try open(&object)
    }

    /// The key of a file "TSS2 PRIVATE KEY" in PEM, without connecting: another TPM's is told by its first use.
    ///
    /// Keys with an authorisation of their own, a policy or another parent than the owner's storage key are refused.
    package func key(pem: String) throws(TPMError) -> PrivateKey {
        var object = ctpm_object()
        var text = pem
        let result = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                ctpm_read_key($0.baseAddress, $0.count, &object)
            }
        }
        guard result.outcome == CTPM_DONE else { throw .badKeyFile }
        return try open(&object)
    }

    /// Whether a text is a key of some TPM, as far as its first line says.
    package static func isKeyFile(_ text: String) -> Bool {
        text.hasPrefix("-----BEGIN TSS2 PRIVATE KEY-----")
    }

    private func open(_ object: inout ctpm_object) throws(TPMError) -> PrivateKey {
        var text: UnsafeMutablePointer<CChar>?
        var count = 0
        try check(ctpm_write_key(&object, &text, &count))
        defer { ctpm_free(text) }
        var pointer: OpaquePointer?
        let opened = ctpm_open_key(address.text, &object, &pointer)
        if opened.outcome == CTPM_MALFORMED { throw .badKeyFile }
        try check(opened)
        guard let pointer else { throw .badKeyFile }
        let pem = String(decoding: UnsafeRawBufferPointer(start: text, count: count), as: UTF8.self)
        let handle = KeyHandle(pointer)
        return PrivateKey(
            handle: handle, holder: TPMKey(tpm: self, object: object, kind: handle.kind, reference: pem))
    }

    /// Turns what the stack says into an error.
    func check(_ result: ctpm_result) throws(TPMError) {
        switch result.outcome {
        case CTPM_DONE: return
        case CTPM_NO_LIBRARY: throw .noLibrary(reason: Self.libraryMissing ?? "unknown")
        case CTPM_NO_DEVICE: throw .noTPM(address)
        case CTPM_NOT_PERMITTED: throw .notPermitted(address)
        case CTPM_NOT_REACHED: throw .notAnswering(address)
        case CTPM_WRONG_PIN: throw .wrongPIN(triesLeft: (try? standing())?.triesLeft)
        case CTPM_LOCKED_OUT: throw .lockedOut(secondsPerTry: (try? standing())?.secondsPerTry)
        case CTPM_NOT_ITS_OWN: throw .notItsOwn
        case CTPM_NO_ENDORSEMENT: throw .noEndorsementKey
        default: throw .refused(code: result.code)
        }
    }
}
