import Model

/// A breaker in front of one operator or one channel: after a refusal of a whole request nothing passes until a moment,
/// and then a single request at a time until one is answered.
struct Gate: Equatable, Sendable {
    var failures: Int
    var notBefore: Instant
    var problem: ServiceProblem

    /// Whose requests a gate stops.
    enum Key: Hashable, Sendable {
        case operatorID(OperatorID)
        case channel(Channel)
        case feed(Channel)
    }
}

/// How the way to the registrar stands.
enum Link: Equatable, Sendable {
    /// Not tried yet in this run.
    case untried
    case greeting(RequestID)
    /// The registrar answered at this moment.
    case up(lastAnswerAt: Instant)
    case down(until: Instant)
}

/// A request that travels.
struct Exchange: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case greeting
        case submission([OperationID])
        case question(OperationID)
        case pull
    }

    var kind: Kind
    /// Whose it is; a greeting is nobody's.
    var channel: Channel?
}

/// A feed that is kept up to date.
struct Feed: Equatable, Sendable {
    var channel: Channel
    var dueAt: Instant
    var pagesInARow = 0
    var resets = 0
}
