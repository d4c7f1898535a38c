internal import CMosquitto
internal import Credentials
internal import Model
internal import Processes
internal import Synchronization

/// What a connection waits for, and what has come; called from the connection's thread and from tasks.
final class MQTTSession: Sendable {
    /// What an answer answers.
    enum Question: Hashable, Sendable {
        case connection
        case message(Int32)
        case end
    }

    typealias Answer = Result<Void, MQTTError>

    private struct State {
        var waiting: [Question: CheckedContinuation<Answer, Never>] = [:]
        /// Answers that came before somebody asked for them.
        var early: [Question: Answer] = [:]
        /// Questions whose askers have gone.
        var abandoned: Set<Question> = []
        var end: MQTTError?
        var hasEnded = false
        var isConnected = false
    }

    private let state = Mutex(State())
    let messages: AsyncStream<MQTTMessage>
    private let incoming: AsyncStream<MQTTMessage>.Continuation
    private let tls: TLSContext?

    /// Messages that nobody has taken; the oldest go when there are more.
    private static let limitMessages = 1000

    init(tls: TLSContext?) {
        self.tls = tls
        (messages, incoming) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.limitMessages))
    }

    /// Waits for an answer until the deadline.
    func wait(
        for question: Question, by deadline: Deadline, _ stage: MQTTError.Stage
    ) async throws(MQTTError) {
        let timer = Task {
            try? await Task.sleep(for: .milliseconds(deadline.millisecondsLeft))
            if !Task.isCancelled { abandon(question, .timedOut(stage)) }
        }
        defer { timer.cancel() }
        let answer: Answer = await withTaskCancellationHandler {
            await withCheckedContinuation { ask(question, $0) }
        } onCancel: {
            abandon(question, .cancelled)
        }
        try answer.get()
    }

    private func ask(_ question: Question, _ continuation: CheckedContinuation<Answer, Never>) {
        let answer: Answer? = state.withLock { state in
            if let answer = state.early.removeValue(forKey: question) { return answer }
            if state.hasEnded {
                return question == .end ? .success(()) : .failure(state.end ?? .cancelled)
            }
            state.waiting[question] = continuation
            return nil
        }
        if let answer { continuation.resume(returning: answer) }
    }

    /// The asker of a question goes without its answer.
    private func abandon(_ question: Question, _ error: MQTTError) {
        let continuation = state.withLock { state in
            let waiting = state.waiting.removeValue(forKey: question)
            if waiting != nil {
                state.abandoned.insert(question)
            } else {
                state.early[question] = .failure(error)
            }
            return waiting
        }
        continuation?.resume(returning: .failure(error))
    }

    private func settle(_ question: Question, _ answer: Answer) {
        let continuation = state.withLock { state in
            if state.abandoned.remove(question) != nil { return nil as CheckedContinuation<Answer, Never>? }
            let waiting = state.waiting.removeValue(forKey: question)
            if waiting == nil { state.early[question] = answer }
            return waiting
        }
        continuation?.resume(returning: answer)
    }

    // MARK: What the connection's thread tells

    func connected(_ reason: Int) {
        guard reason != 0 else {
            state.withLock { $0.isConnected = true }
            return settle(.connection, .success(()))
        }
        settle(.connection, .failure(MQTTReason.isVersion(reason) ? .versionRefused : .refused(code: reason)))
    }

    /// Reason codes from 0x80 on are refusals. Source: MQTT 5.0, section 2.4.
    func answered(_ message: Int32, _ reason: Int) {
        let refusal = MQTTError.notAllowed(.connected, topic: "", code: reason)
        settle(.message(message), reason < 0x80 ? .success(()) : .failure(refusal))
    }

    func received(_ message: MQTTMessage) { incoming.yield(message) }

    func closed(_ outcome: Int, reason: Int, words: String) {
        let stage: MQTTError.Stage = state.withLock { $0.isConnected } ? .connected : .connecting
        let error: MQTTError =
            if outcome == Int(CMOSQUITTO_GOODBYE) {
                .cancelled
            } else if let fault = tls?.fault {
                .tls(fault)
            } else if reason != 0 {
                .sentAway(code: reason)
            } else {
                Self.error(outcome, words, stage)
            }
        let waiting = state.withLock { state in
            (state.end, state.hasEnded) = (error, true)
            let waiting = state.waiting
            state.waiting = [:]
            return waiting
        }
        for (question, continuation) in waiting where question != .end {
            continuation.resume(returning: .failure(error))
        }
        if let end = waiting[.end] { end.resume(returning: .success(())) }
        incoming.finish()
    }

    private static func error(_ outcome: Int, _ words: String, _ stage: MQTTError.Stage) -> MQTTError {
        switch outcome {
        case Int(CMOSQUITTO_NOT_REACHED): .notReached(reason: words)
        case Int(CMOSQUITTO_TLS_FAILED):
            words.contains("wrong version number") || words.contains("packet length too long")
                || words.contains("http request")
                ? .tls(.notTLS(speaks: "something else")) : .tls(.failed(reason: words))
        case Int(CMOSQUITTO_BAD_PROTOCOL): .notMQTT(reason: words)
        case Int(CMOSQUITTO_MISUSED): .unusable(reason: words)
        default: .hungUp(stage)
        }
    }

    /// Whether the connection is gone.
    var hasEnded: Bool { state.withLock { $0.hasEnded } }

    var end: MQTTError? { state.withLock { $0.end } }
}
