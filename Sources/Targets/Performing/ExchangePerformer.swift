package import AWSIoT
import HTTPClient
package import Model
package import TargetCore

/// Takes an exchange with AWS from call to call until it ends, waits, or its time is over.
package struct ExchangePerformer<Exchange: AWSExchange>: Sendable {
    package enum Ending: Sendable {
        case done
        case refused(TargetFault)
        /// What is kept goes on from here.
        case later(seconds: Int, reason: String)
    }

    /// The way to one of the accounts that take part.
    package struct Line: Sendable {
        package var connection: TargetConnection
        package var world: PerformingWorld<Exchange>

        package init(_ connection: TargetConnection, _ world: PerformingWorld<Exchange>) {
            self.connection = connection
            self.world = world
        }
    }

    private let source: Line
    private let destination: Line?
    private let sign: @Sendable (_ code: String) throws -> String
    private let isEnough: @Sendable (Exchange) -> Bool

    /// `sign` makes a certificate with the authority's key, for exchanges that ask for one. Once `isEnough` says so, the rest
    /// is left for later and counts as done.
    package init(
        _ source: Line, to destination: Line? = nil,
        signing sign: @escaping @Sendable (_ code: String) throws -> String = { _ in "" },
        isEnough: @escaping @Sendable (Exchange) -> Bool = { _ in false }
    ) {
        self.source = source
        self.destination = destination
        self.sign = sign
        self.isEnough = isEnough
    }

    /// A person may be waiting: what takes longer is left for later.
    private static var longestPauseSeconds: Double { 20 }
    private static var limitCalls: Int { 200 }

    package func perform(_ exchange: inout Exchange, until deadline: Timestamp) async throws -> Ending {
        var faultsInRow = 0
        for _ in 0..<Self.limitCalls {
            guard source.world.now() < deadline else {
                return .later(seconds: 0, reason: "The work goes on.")
            }
            if isEnough(exchange) { return .done }
            switch exchange.move {
            case .done: return .done
            case .refused(let fault): return .refused(fault)
            case .sign(let code): exchange.take(verification: try sign(code))
            case .wait(let seconds, let reason):
                guard try await paused(Double(seconds), deadline) else {
                    return .later(seconds: seconds, reason: reason)
                }
                exchange.wake()
            case .call(let call, let side):
                if let ending = try await make(call, line(side), &exchange, &faultsInRow, deadline) {
                    return ending
                }
            }
        }
        return .later(seconds: 900, reason: "The target gave no end after \(Self.limitCalls) calls.")
    }

    private func line(_ side: CertificateTransfer.Side) -> Line {
        side == .destination ? destination ?? source : source
    }

    private func paused(_ seconds: Double, _ deadline: Timestamp) async throws -> Bool {
        try await source.world.paused(
            seconds, until: deadline, longestPauseSeconds: Self.longestPauseSeconds)
    }

    /// `nil` when the exchange goes on.
    private func make(
        _ call: CloudCall, _ line: Line, _ exchange: inout Exchange, _ faultsInRow: inout Int,
        _ deadline: Timestamp
    ) async throws -> Ending? {
        let world = line.world
        if let later = try await world.admitted(
            call, until: deadline, longestPauseSeconds: Self.longestPauseSeconds)
        {
            return .later(seconds: later.seconds, reason: later.reason)
        }
        exchange.willSend(call)
        if call.method != "GET" { try await world.keep(exchange) }
        let fault: TargetFault?
        do throws(TargetError) {
            let sent = world.now()
            let reply = try await line.connection.send(call, at: sent)
            fault = exchange.take(reply, of: call)
            await world.answered(call, fault, sent)
        } catch {
            guard case .http = error else { throw error }
            if error.mayHaveArrived { exchange.loseAnswer(of: call) }
            faultsInRow += 1
            try await world.keep(exchange)
            return try await later(faultsInRow, nil, error.explanation.what, deadline)
        }
        if call.method != "GET" || fault != nil { try await world.keep(exchange) }
        guard let fault, fault.retry != .never else {
            faultsInRow = 0
            return nil
        }
        faultsInRow += 1
        if fault.retry == .afterMending { return .later(seconds: 300, reason: fault.words) }
        return try await later(faultsInRow, fault.retryAfterSeconds, fault.words, deadline)
    }

    private func later(
        _ faultsInRow: Int, _ asked: Int?, _ reason: String, _ deadline: Timestamp
    ) async throws -> Ending? {
        let seconds = asked ?? 1 << min(faultsInRow, 6)
        return try await paused(Double(seconds), deadline) ? nil : .later(seconds: seconds, reason: reason)
    }
}
