package import Model
import Wire

/// What an exchange with the registrar gave once it is known who answered.
package enum Answer<Value: Equatable & Sendable>: Equatable, Sendable {
    case value(Value)
    /// The registrar itself refused the whole request.
    case problem(Problem)
    /// The registrar did not answer, or what answered cannot be told to be the registrar.
    case trouble(LinkTrouble)
}

/// Why no answer of the registrar arrived.
package struct LinkTrouble: Equatable, Sendable {
    package var problem: ServiceProblem
    /// Whether the registrar may have acted on the request: then its operations are in doubt.
    package var mayHaveBeenProcessed: Bool
    /// Whether a smaller request would have had better chances.
    package var wasTooMuch: Bool

    package init(_ problem: ServiceProblem, mayHaveBeenProcessed: Bool, wasTooMuch: Bool = false) {
        self.problem = problem
        self.mayHaveBeenProcessed = mayHaveBeenProcessed
        self.wasTooMuch = wasTooMuch
    }
}

/// Tells answers of the registrar from everything else that answers on a network.
///
/// An answer is the registrar's only when it carries the protocol header, the status and content type of the API, and a
/// body that reads as what was asked for. Status 200 alone means nothing.
package enum ReplyReader {
    package static func read<Value: Decodable & Equatable & Sendable>(
        _ type: Value.Type, from outcome: TransportOutcome
    ) -> Answer<Value> {
        switch outcome {
        case .failed(let fault): .trouble(trouble(fault, mayHaveBeenProcessed: false))
        case .interrupted(let fault): .trouble(trouble(fault, mayHaveBeenProcessed: true))
        case .reply(let reply): read(type, from: reply)
        }
    }

    private static func read<Value: Decodable & Equatable & Sendable>(
        _ type: Value.Type, from reply: TransportReply
    ) -> Answer<Value> {
        let stranger = LinkTrouble(
            .answeredBySomethingElse(status: reply.status), mayHaveBeenProcessed: true)
        guard let version = reply.protocolVersion else {
            guard [502, 503, 504].contains(reply.status) else { return .trouble(stranger) }
            // A load balancer in front of a registrar that is away.
            let busy = ServiceProblem.busy(
                code: "http_\(reply.status)", retryAfterSeconds: reply.retryAfterSeconds)
            return .trouble(LinkTrouble(busy, mayHaveBeenProcessed: true))
        }
        guard version == APIResponse.protocolVersion else {
            return .trouble(
                LinkTrouble(
                    .protocolUnsupported(version: String(version.prefix(16))), mayHaveBeenProcessed: true))
        }
        if reply.status == 200, reply.contentType == "application/json",
            let value = try? CanonicalJSON.decode(type, from: reply.body)
        {
            return .value(value)
        }
        if (400...599).contains(reply.status), reply.contentType == Problem.contentType,
            var problem = try? CanonicalJSON.decode(Problem.self, from: reply.body)
        {
            problem.status = reply.status
            problem.retryAfterSeconds = reply.retryAfterSeconds ?? problem.retryAfterSeconds
            return .problem(problem)
        }
        return .trouble(stranger)
    }

    private static func trouble(_ fault: TransportFault, mayHaveBeenProcessed: Bool) -> LinkTrouble {
        switch fault {
        case .unreachable(let detail):
            LinkTrouble(.unreachable(detail: detail), mayHaveBeenProcessed: mayHaveBeenProcessed)
        case .timedOut:
            LinkTrouble(
                .unreachable(detail: "no answer in time"), mayHaveBeenProcessed: mayHaveBeenProcessed,
                wasTooMuch: true)
        case .certificateNotTrusted(let detail):
            LinkTrouble(.certificateNotTrusted(detail: detail), mayHaveBeenProcessed: mayHaveBeenProcessed)
        case .answerTooLarge:
            LinkTrouble(
                .unreachable(detail: "the answer was too large"), mayHaveBeenProcessed: mayHaveBeenProcessed,
                wasTooMuch: true)
        case .cancelled:
            LinkTrouble(.unreachable(detail: "stopped"), mayHaveBeenProcessed: mayHaveBeenProcessed)
        }
    }
}
