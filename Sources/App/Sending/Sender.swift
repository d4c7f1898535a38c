import CommandTable
import Model
import Store
import Sync
import SyncCore

/// Runs the sync of a companion's store, with the ways to reach its registrars.
struct Sender: Sendable {
    let companion: Companion

    init(_ companion: Companion) {
        self.companion = companion
    }

    func syncer() -> Syncer {
        let surroundings = companion.surroundings
        let registrars = CompanionRegistrars(companion)
        let vaults = companion.vaults
        return Syncer(
            store: companion.store,
            clock: SyncClock(
                monotonic: { Instant(milliseconds: surroundings.monotonicMilliseconds()) },
                wall: surroundings.now, bootID: surroundings.bootID),
            random: SurroundingsRandom(bytes: surroundings.randomBytes),
            transport: { profile throws(NoTransport) in try registrars.transport(to: profile) },
            verify: CompanionRegistrars.verifiedPayload,
            token: { vaults.token($0) })
    }

    /// What the open operations of a list mean for a script: `nil` counts all of them.
    func exitCode(of ids: [OperationID]?, reached: Bool) async throws -> ExitCode {
        let open = try await companion.store.openEntries().filter { ids?.contains($0.operationID) ?? true }
        if open.contains(where: { $0.mark == .needsYou || (reached && Self.needsPerson($0.problem)) }) {
            return .savedNeedsPerson
        }
        return open.isEmpty ? .done : .savedNotConfirmed
    }

    /// Whether somebody has to do something before it can succeed; a registrar that is at work, or busy, ends that by itself.
    private static func needsPerson(_ problem: Problem?) -> Bool {
        switch problem?.answerClass {
        case nil, .underWay, .failed, .unseen, .accepted: false
        case .rejected, .conflict, .waitsForCatalogue, .signInRefused, .unknown: true
        }
    }
}

/// The kernel's randomness as a generator.
struct SurroundingsRandom: RandomNumberGenerator, Sendable {
    let bytes: @Sendable (Int) -> [UInt8]

    mutating func next() -> UInt64 {
        bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
