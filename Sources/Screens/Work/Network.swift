package import Model

/// How the way to the registrar is, in the words of the status line. "Offline" and "signed out" are two different things.
package enum Network: Equatable, Sendable {
    /// Nothing was tried yet.
    case unknown
    case online
    case syncing
    /// The registrar did not answer; what is saved is sent later.
    case offline(Explanation)
    /// The registrar asks for a new sign-in; capture goes on.
    case signedOut(Explanation)
    /// Something answered that is not the registrar.
    case stranger(Explanation)
    /// Another program sends from this store.
    case elsewhere

    package var word: Phrase {
        switch self {
        case .unknown: .networkUnknown
        case .online: .networkOnline
        case .syncing: .networkSyncing
        case .offline: .networkOffline
        case .signedOut: .networkSignedOut
        case .stranger: .networkStranger
        case .elsewhere: .networkElsewhere
        }
    }

    /// What to do about it.
    package var explanation: Explanation? {
        switch self {
        case .unknown, .online, .syncing, .elsewhere: nil
        case .offline(let reason), .signedOut(let reason), .stranger(let reason): reason
        }
    }
}
