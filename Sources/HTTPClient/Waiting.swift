internal import CCurl
internal import Dispatch
internal import Synchronization

/// Where a thread waits for an outcome.
final class Place: Sendable {
    private let outcome = Mutex<Waiting.Outcome?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    func put(_ outcome: Waiting.Outcome) {
        self.outcome.withLock { $0 = outcome }
        isThere.signal()
    }

    func wait() -> Waiting.Outcome {
        isThere.wait()
        return outcome.withLock { $0 } ?? .failure(.cancelled(sent: false))
    }
}

/// The calls that wait for their answers.
final class Waiting: Sendable {
    typealias Outcome = Result<HTTPReply, HTTPClientError>
    typealias Taker = @Sendable (Outcome) -> Void

    private let calls = Mutex<[UInt64: Taker]>([:])
    private let lastID = Atomic<UInt64>(0)

    func nextID() -> UInt64 { lastID.add(1, ordering: .relaxed).newValue }

    func add(_ id: UInt64, _ taker: @escaping Taker) {
        calls.withLock { $0[id] = taker }
    }

    /// Called on the client's thread; everything is copied before it returns.
    static func finished(
        _ context: UnsafeMutableRawPointer?, _ id: UInt64, _ raw: UnsafePointer<ccurl_result>?
    ) {
        guard let context, let raw else { return }
        let waiting = Unmanaged<Waiting>.fromOpaque(context).takeUnretainedValue()
        let taker = waiting.calls.withLock { $0.removeValue(forKey: id) }
        taker?(outcome(of: raw.pointee))
    }

    private static func outcome(of raw: ccurl_result) -> Result<HTTPReply, HTTPClientError> {
        let reason = raw.reason.map { String(cString: $0) } ?? ""
        let sent = raw.sent != 0
        switch Int(raw.outcome) {
        case Int(CCURL_DONE): return .success(reply(of: raw))
        case Int(CCURL_NOT_CONNECTED): return .failure(.couldNotConnect(reason: reason))
        case Int(CCURL_NOT_RESOLVED): return .failure(.couldNotResolve(reason: reason))
        case Int(CCURL_TIMED_OUT): return .failure(.timedOut(sent: sent))
        case Int(CCURL_NOT_TRUSTED): return .failure(.certificateNotTrusted(reason: reason))
        case Int(CCURL_TLS_FAILED): return .failure(.tlsFailed(reason: reason))
        case Int(CCURL_TOO_LARGE): return .failure(.replyTooLarge)
        case Int(CCURL_CANCELLED): return .failure(.cancelled(sent: sent))
        case Int(CCURL_MISUSED): return .failure(.unusable(reason: reason))
        default: return .failure(.interrupted(reason: reason, sent: sent))
        }
    }

    private static func reply(of raw: ccurl_result) -> HTTPReply {
        let head = String(
            decoding: UnsafeRawBufferPointer(start: raw.headers, count: raw.headers_count), as: UTF8.self)
        let fields = head.split(whereSeparator: \.isNewline).dropFirst().compactMap { line -> HTTPField? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            return HTTPField(String(line[..<colon]), String(value))
        }
        return HTTPReply(
            status: raw.status, headers: fields,
            body: Array(UnsafeBufferPointer(start: raw.body, count: raw.body_count)),
            duration: .microseconds(raw.total_microseconds),
            certificate: raw.certificate.map { String(cString: $0) })
    }
}
