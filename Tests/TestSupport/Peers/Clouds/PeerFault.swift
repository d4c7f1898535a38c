import Foundation

/// What a cloud peer can be told to do wrong.
package enum PeerFault: Equatable, Sendable {
    /// Answers that too much was asked, in the cloud's own way.
    case throttle
    /// Answers a status; `code` is AWS's error type or Azure's error number.
    case status(Int, code: String? = nil)
    /// Does what was asked, then closes the connection without an answer.
    case lost
    /// Does what was asked, then sends half of the answer's body.
    case cut
    /// Closes the connection before anything is done.
    case refuse
    /// Has a clock that differs by these seconds.
    case skew(seconds: Int)
    /// Waits before it does anything.
    case slow(seconds: Double)

    struct Order: Encodable {
        var operation: String
        var fault: String
        var times: Int
    }

    /// As the control interface writes it.
    var text: String {
        switch self {
        case .throttle: "throttle"
        case .status(let status, let code):
            (["status", "\(status)"] + (code.map { [$0] } ?? [])).joined(separator: ":")
        case .lost: "lost"
        case .cut: "cut"
        case .refuse: "refuse"
        case .skew(let seconds): "skew:\(seconds)"
        case .slow(let seconds): "slow:\(seconds)"
        }
    }
}

/// One request that a peer saw. Secrets are replaced in all of it.
package struct PeerRequest: Equatable, Sendable {
    package var operation: String
    package var method: String
    /// As it was on the wire, percent-encoded.
    package var path: String
    package var query: String
    /// `nil` when the connection was closed before anything was done.
    package var status: Int?
    /// AWS's error type or Azure's error number.
    package var error: String?
    /// `dps`, `device` or `hub`; `nil` for AWS.
    package var plane: String?
    /// AWS: whose key signed, for which region.
    package var account: String?
    package var region: String?
    /// Faults that were applied to it.
    package var faults: [String]
    /// What the peer itself got wrong: its answer is not as the cloud publishes it.
    package var brokenAnswer: String?
    /// The whole record as JSON with sorted keys: parameters and body too.
    package var text: String

    init(_ entry: [String: Any]) throws {
        operation = entry["operation"] as? String ?? ""
        method = entry["method"] as? String ?? ""
        path = entry["path"] as? String ?? ""
        query = entry["query"] as? String ?? ""
        status = entry["status"] as? Int
        error = entry["error"].map { "\($0)" }
        plane = entry["plane"] as? String
        account = entry["account"] as? String
        region = entry["region"] as? String
        faults = entry["faults"] as? [String] ?? []
        brokenAnswer = entry["brokenAnswer"] as? String
        text = String(
            decoding: try JSONSerialization.data(withJSONObject: entry, options: .sortedKeys), as: UTF8.self)
    }
}
