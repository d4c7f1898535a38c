import Model
import RegistrarStore
import TargetCore

/// The governors of all accounts, shared by everything that this registrar does at targets. What they have seen is kept in the
/// store, so that a restart does not forget it. Each process counts for itself: two that share an account may use up to twice a
/// limit until the target complains, which slows both.
actor GovernorDesk {
    private struct Kept {
        var governor: Governor
        var isChanged = false
    }

    private var accounts: [String: Kept] = [:]
    private let store: RegistrarStore

    init(_ store: RegistrarStore) {
        self.store = store
    }

    func admit(
        _ call: CloudCall, for device: DeviceID?, of account: String, under limits: [CloudLimit],
        as kind: GovernedClass, at now: Timestamp
    ) async throws -> Admission {
        var kept = try await kept(account, limits)
        let admission = kept.governor.admit(
            GovernedCall(call, device: device?.rawValue), as: kind, at: now)
        kept.isChanged = true
        accounts[account] = kept
        return admission
    }

    func answered(
        _ call: CloudCall, for device: DeviceID?, of account: String, _ answer: LimitAnswer,
        sent: Timestamp, at now: Timestamp
    ) {
        accounts[account]?.governor.answered(
            GovernedCall(call, device: device?.rawValue), answer, sent: sent, at: now)
        accounts[account]?.isChanged = true
    }

    /// Puts what was seen since the last time into the store.
    func keep(at now: Timestamp) async throws {
        for (account, kept) in accounts where kept.isChanged {
            accounts[account]?.isChanged = false
            try await store.keepGovernor(
                of: account, try CanonicalJSON.text(kept.governor.state), at: now)
        }
    }

    /// As it stands now.
    func governor(of account: String, _ limits: [CloudLimit]) async throws -> Governor {
        try await kept(account, limits).governor
    }

    private func kept(_ account: String, _ limits: [CloudLimit]) async throws -> Kept {
        if let kept = accounts[account], kept.governor.limits == limits { return kept }
        let text = try await store.governor(of: account)
        let state = text.flatMap {
            try? CanonicalJSON.decode(GovernorState.self, from: Array($0.utf8))
        }
        // Two that asked at once find the same state.
        if let kept = accounts[account], kept.governor.limits == limits { return kept }
        return Kept(
            governor: Governor(
                key: account, limits: limits,
                state: accounts[account]?.governor.state ?? state ?? GovernorState()))
    }
}
