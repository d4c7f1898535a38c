import Model
import Store
import SyncCore
import Wire

/// Makes an operator's signing keys known to the registrar before anything that they signed is sent.
struct Keyring: Sendable {
    let owner: VaultOwner
    let store: Store
    let transport: any Transport

    enum Outcome: Sendable {
        case done
        case problem(Problem)
        case trouble(LinkTrouble)
    }

    /// Offers every key that the registrar does not have. Offering one twice changes nothing there.
    func register(token: Redacted<String>, at now: Timestamp) async -> Outcome {
        do {
            for key in try await store.unregisteredKeys(owner) {
                guard let body = try? CanonicalJSON.encode(key.offer) else { continue }
                let outcome = await transport.send(Route.registerKey.request(token: token, body: body))
                switch ReplyReader.read(OperatorKey.self, from: outcome) {
                case .value:
                    try await store.noteRegistration(of: key.keyID, registeredAt: now, at: now)
                // A registrar from before there were keys takes operations as they are.
                case .problem(let problem) where problem.knownCode == .notFound: return .done
                case .problem(let problem): return .problem(problem)
                case .trouble(var trouble):
                    // Whatever became of the key, no operation has left.
                    trouble.mayHaveBeenProcessed = false
                    return .trouble(trouble)
                }
            }
            return .done
        } catch {
            return .problem(
                Problem(
                    .unavailable, detail: error.explanation.what, nextStep: error.explanation.nextStep))
        }
    }

    /// A key of ours that the registrar does not know, as after it was set back to a copy, is offered again next time.
    func noteUnknown(
        in items: [Submission.Item], _ verdicts: [OperationID: OperationVerdict], at now: Timestamp
    ) async {
        var keys: Set<OperatorKeyID> = []
        for item in items {
            guard let key = item.signature?.keyID, case .problem(let problem) = verdicts[item.operationID],
                problem.knownCode == .signingKeyUnknown
            else { continue }
            keys.insert(key)
        }
        // What is not noted now is noted with the next answer of the same kind.
        for key in keys { try? await store.noteRegistration(of: key, registeredAt: nil, at: now) }
    }
}
