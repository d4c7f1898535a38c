internal import COpenSSL
package import Model

/// Why a key, a certificate or a signature could not be made, read or trusted. Never holds key material.
package enum CredentialsError: Explained, Equatable, Sendable {
    /// Bytes that are not what they should be: `subject` is what was expected there.
    case unreadable(subject: String, reason: String)
    case tooLarge(subject: String, limitBytes: Int)
    /// A signature, seal or chain that does not hold.
    case notGenuine(subject: String, reason: String)
    /// A key that is kept outside of this process could not sign, in its holder's words. It may pass.
    case keyNotReached(Explanation)
    /// The library could not do what was asked.
    case failed(step: String, reason: String)

    package var explanation: Explanation {
        switch self {
        case .unreadable(let subject, let reason):
            Explanation(
                id: "credential_unreadable", what: "The \(subject) could not be read: \(reason).",
                nextStep: "Check that the right file was given and that it is whole.")
        case .tooLarge(let subject, let limit):
            Explanation(
                id: "credential_too_large",
                what: "The \(subject) is larger than \(limit) bytes and was not read.",
                nextStep: "Check that the right file was given.")
        case .notGenuine(let subject, let reason):
            Explanation(
                id: "not_genuine", what: "The \(subject) was not accepted: \(reason).",
                nextStep: "Do not use it; ask whoever made it for a new one.")
        case .keyNotReached(let explanation): explanation
        case .failed(let step, let reason):
            Explanation(
                id: "crypto_failed", what: "\(step) failed: \(reason).",
                nextStep: "Report this to support with what you did.")
        }
    }
}

/// What the library says of its last failure.
enum Library {
    /// Reads and clears the error queue of this thread.
    static func reason() -> String {
        var reasons: [String] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { break }
            let text = ERR_reason_error_string(code).map { String(cString: $0) }
            reasons.append(text ?? "error \(code)")
        }
        return reasons.isEmpty ? "no reason given" : reasons.joined(separator: "; ")
    }

    static func failure(_ step: String) -> CredentialsError { .failed(step: step, reason: reason()) }

    static func unreadable(_ subject: String) -> CredentialsError {
        .unreadable(subject: subject, reason: reason())
    }

    /// Turns a status of 1 for success into a thrown error.
    static func check(_ status: Int32, _ step: String) throws(CredentialsError) {
        guard status == 1 else { throw failure(step) }
    }

    static func make<Pointer>(_ pointer: Pointer?, _ step: String) throws(CredentialsError) -> Pointer {
        guard let pointer else { throw failure(step) }
        return pointer
    }
}

/// Memory that the library writes to or reads from.
enum Memory {
    /// Everything that `write` puts into a memory BIO; the BIO's own copy is wiped.
    static func bytes(
        _ step: String, _ write: (OpaquePointer) -> Int32
    ) throws(CredentialsError) -> [UInt8] {
        let bio = try Library.make(BIO_new(BIO_s_secmem()), step)
        defer { BIO_free(bio) }
        try Library.check(write(bio), step)
        var start: UnsafeMutablePointer<CChar>?
        let count = cossl_memory(bio, &start)
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// Runs `read` on a BIO over the bytes; `nil` when it gives nothing.
    static func read<Value>(_ bytes: [UInt8], _ read: (OpaquePointer) -> Value?) -> Value? {
        bytes.withUnsafeBytes { buffer in
            guard let bio = BIO_new_mem_buf(buffer.baseAddress, Int32(buffer.count)) else { return nil }
            defer { BIO_free(bio) }
            return read(bio)
        }
    }
}
