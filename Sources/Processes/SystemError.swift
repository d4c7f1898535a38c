internal import CSystem
package import Model

/// What the operating system refused, and on what.
///
/// The frequent refusals have their own case; the rest keep the call and its errno (Linux `errno(3)`).
package enum SystemError: Error, Equatable, Sendable {
    /// The file, directory or program is not there.
    case missing(path: String)
    case notPermitted(path: String)
    /// No room left on the file system, or in the user's quota.
    case diskFull(path: String)
    /// The file holds more bytes than the reader accepts.
    case tooLarge(path: String, limit: Int)
    /// The other end of a pipe or socket has gone.
    case disconnected
    /// What was waited for did not come within the given time.
    case timedOut
    /// Any other refusal: the call, what it was about, and errno.
    case failed(call: String, subject: String, code: Int32)
}

extension SystemError {
    /// Sorts a negative result of a `csystem_` call into its case.
    static func from(_ result: some BinaryInteger, call: String, subject: String = "") -> SystemError {
        let code = Int32(clamping: -Int64(result))
        return switch code {
        case Errno.noEntry, Errno.notDirectory: .missing(path: subject)
        case Errno.access, Errno.permission, Errno.readOnly: .notPermitted(path: subject)
        case Errno.noSpace, Errno.quota: .diskFull(path: subject)
        case Errno.brokenPipe, Errno.connectionReset: .disconnected
        default: .failed(call: call, subject: subject, code: code)
        }
    }

    /// The system's own words for an errno value.
    static func words(for code: Int32) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { text in
            csystem_error_text(code, text.baseAddress, text.count)
            return text.baseAddress.map { String(cString: $0) } ?? "error \(code)"
        }
    }
}

/// The errno values that are told apart (Linux, the same on x86-64 and arm64).
enum Errno {
    static let permission: Int32 = 1
    static let noEntry: Int32 = 2
    static let noProcess: Int32 = 3
    static let inputOutput: Int32 = 5
    static let noAddress: Int32 = 6
    static let again: Int32 = 11
    static let access: Int32 = 13
    static let busy: Int32 = 16
    static let exists: Int32 = 17
    static let noDevice: Int32 = 19
    static let notDirectory: Int32 = 20
    static let noSpace: Int32 = 28
    static let readOnly: Int32 = 30
    static let brokenPipe: Int32 = 32
    static let connectionReset: Int32 = 104
    static let quota: Int32 = 122
}

extension SystemError: Explained {
    package var explanation: Explanation {
        switch self {
        case .missing(let path):
            Explanation(
                id: "path_missing", kind: .unavailable, what: "Nothing was done: \(path) is not there",
                nextStep: "Check the path")
        case .notPermitted(let path):
            Explanation(
                id: "path_not_permitted", kind: .notPermitted,
                what: "Nothing was done: this user may not use \(path)",
                nextStep: "Check the owner and the permissions of \(path)")
        case .diskFull(let path):
            Explanation(
                id: "disk_full", kind: .cannotWrite,
                what: "Nothing was written: the disk that holds \(path) is full",
                nextStep: "Free space, then do it again")
        case .tooLarge(let path, let limit):
            Explanation(
                id: "file_too_large", what: "\(path) was not read: it holds more than \(limit) bytes",
                nextStep: "Give a smaller file")
        case .disconnected:
            Explanation(
                id: "peer_gone", what: "The message was not sent: the other program has ended",
                nextStep: "Do it again")
        case .timedOut:
            Explanation(
                id: "system_timed_out", what: "The wait was given up: the time limit passed",
                nextStep: "Do it again")
        case .failed(let call, let subject, let code):
            Explanation(
                id: "system_refused",
                what: "The system refused \(subject.isEmpty ? call : "\(call) of \(subject)"): "
                    + "\(Self.words(for: code))",
                nextStep: "Run `muster doctor`")
        }
    }
}
