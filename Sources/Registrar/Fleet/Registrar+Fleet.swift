import AWSIoT
import Model
import RegistrarCore
package import RegistrarStore
import TargetCore
import Targets

/// What every piece of work about a fleet shares: it goes over the target's own line, under its account's limits.
extension Registrar {
    /// How long a person waits for what is done here.
    static let fleetSeconds: Int64 = 120
    private static let longestPauseSeconds = 20.0
    private static let tries = 5

    /// The line to an account of AWS, and how that is set.
    func awsLine(to id: TargetID) async throws -> (line: TargetConnection, settings: AWSSettings) {
        let line = try await line(to: id)
        guard let target = line.target as? AWSTarget else { throw FleetError.notAWS(id) }
        return (line, target.settings)
    }

    func fleetWorld<Work: Sendable>(
        _ line: TargetConnection, keep: @escaping @Sendable (Work) async throws -> Void = { _ in }
    ) -> PerformingWorld<Work> {
        performingWorld(line, for: nil, as: .interactive, keep: keep)
    }

    /// One call at a target; what passes by itself is waited for. `subject` is what it is about, for when that is not there.
    func ask(
        _ call: CloudCall, over line: TargetConnection, about subject: String? = nil
    ) async throws -> CloudReply {
        let deadline = environment.now().advanced(bySeconds: Self.fleetSeconds)
        let world: PerformingWorld<CloudCall> = fleetWorld(line)
        var tries = 0
        while true {
            tries += 1
            if let later = try await world.admitted(
                call, until: deadline, longestPauseSeconds: Self.longestPauseSeconds)
            {
                throw FleetError.unfinished(reason: later.reason)
            }
            let sent = environment.now()
            let reply = try await line.send(call, at: sent)
            if (200..<300).contains(reply.status) {
                await world.answered(call, nil, sent)
                return reply
            }
            let error = AWSError(reply)
            let fault = AWSFaults.fault(error, of: call.name)
            await world.answered(call, fault, sent)
            if let subject, error.type == "ResourceNotFoundException" {
                throw FleetError.missing(subject, line.target.targetID)
            }
            let pause = Double(fault.retryAfterSeconds ?? 1 << tries)
            guard fault.retry == .later, tries < Self.tries,
                try await world.paused(
                    pause, until: deadline, longestPauseSeconds: Self.longestPauseSeconds)
            else { throw FleetError.refused(fault) }
        }
    }

    /// What an answer says; an answer of another form is a fault.
    func read<Body: Decodable>(
        _ type: Body.Type, _ call: CloudCall, over line: TargetConnection, about subject: String? = nil
    ) async throws -> Body {
        let reply = try await ask(call, over: line, about: subject)
        guard let body = AWSReplies.read(type, reply) else {
            throw FleetError.refused(AWSFaults.unreadable(reply, of: call.name))
        }
        return body
    }

    /// The address that devices of an account connect to: `mqtts://…`.
    func deviceEndpoint(_ line: TargetConnection, _ settings: AWSSettings) async throws -> String {
        let call = AWSCalls.describeEndpoint()
        var host = settings.deviceEndpoint
        if host == nil {
            host = try await read(AWSReplies.Endpoint.self, call, over: line).endpointAddress
        }
        guard let host, !host.contains(":"), ServiceEndpoint("mqtts://\(host)") != nil else {
            throw FleetError.refused(AWSFaults.unreadable(CloudReply(status: 200), of: call.name))
        }
        return "mqtts://\(host):8883"
    }

    /// Takes a piece of work that is kept as far as it goes now. `text` is how it is kept, with what has come of the exchange;
    /// once `isEnough` says so, the rest is left for later.
    ///
    /// - Throws: `FleetError`; the entry then says why, and is ended when it was refused for good.
    func perform<Exchange: AWSExchange>(
        _ exchange: inout Exchange, in entry: FleetEntry, from source: TargetConnection,
        to destination: TargetConnection? = nil, until deadline: Timestamp,
        signing: @escaping @Sendable (String) throws -> String = { _ in "" },
        isEnough: @escaping @Sendable (Exchange) -> Bool = { _ in false },
        text: @escaping @Sendable (Exchange) throws -> String = { try CanonicalJSON.text($0) }
    ) async throws {
        let (store, environment) = (store, environment)
        let keep: @Sendable (Exchange) async throws -> Void = { exchange in
            try await store.keepFleetWork(entry.number, try text(exchange), at: environment.now())
        }
        func way(_ line: TargetConnection) -> ExchangePerformer<Exchange>.Line {
            ExchangePerformer.Line(line, fleetWorld(line, keep: keep))
        }
        let performer = ExchangePerformer(
            way(source), to: destination.map(way), signing: signing, isEnough: isEnough)
        let ending = try await performer.perform(&exchange, until: deadline)
        try await keep(exchange)
        try await desk.governors.keep()
        switch ending {
        case .done: return
        case .refused(let fault):
            try await end(entry, .refused, saying: fault.words)
            throw FleetError.refused(fault)
        case .later(_, let reason):
            try await end(entry, .open, saying: reason)
            throw FleetError.unfinished(reason: reason)
        }
    }

    /// Pieces of work, the newest first.
    package func fleetWork(open: Bool) async throws(RegistrarError) -> [FleetEntry] {
        do { return try await store.fleetWork(open: open) } catch { throw .store(error) }
    }

    func end(_ entry: FleetEntry, _ state: FleetEntry.State, saying said: String?) async throws {
        try await store.setFleetWork(
            entry, to: state, saying: said, by: Self.localAdministrator.operatorID, at: environment.now())
    }

    /// Whatever goes wrong, in the registrar's own error.
    func fleetwise<Value: Sendable>(
        _ body: () async throws -> Value
    ) async throws(RegistrarError) -> Value {
        do { return try await body() } catch { throw RegistrarError(ofTarget: error) }
    }
}
