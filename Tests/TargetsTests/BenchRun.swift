import Model
import Synchronization
import TargetCore
import Targets

/// The journal of a work as a disk would keep it, and a world in which it can be cut off.
final class BenchJournal: Sendable {
    struct Cut: Error {}

    private let kept = Mutex<[UInt8]?>(nil)
    private let calls = Mutex<[String]>([])
    private let cutAfter: Int?

    /// `cutAfter`: how many calls are let through before the power goes.
    init(cutAfter: Int? = nil) {
        self.cutAfter = cutAfter
    }

    func keep(_ work: TargetWork) throws {
        let bytes = try CanonicalJSON.encode(work)
        kept.withLock { $0 = bytes }
    }

    /// The work as it would be read after a crash.
    func read(_ work: TargetWork) throws -> TargetWork {
        guard let bytes = kept.withLock({ $0 }) else { return work }
        return try CanonicalJSON.decode(TargetWork.self, from: bytes)
    }

    var made: [String] { calls.withLock { $0 } }

    func admit(_ call: CloudCall) throws -> Admission {
        let count = calls.withLock { calls in
            calls.append(call.name)
            return calls.count
        }
        if let cutAfter, count > cutAfter { throw Cut() }
        return .now
    }
}

extension TargetBench {
    /// Runs a work to its end, through any number of pauses.
    @discardableResult
    func run(
        _ intent: TargetIntent, _ device: TargetDevice, id: String = "op",
        journal: BenchJournal = BenchJournal()
    ) async throws -> (ending: TargetPerformer.Ending, work: TargetWork) {
        var work = TargetWork(workID: id, intent: intent, device: device)
        return (try await go(on: &work, journal), work)
    }

    /// The same for a work that has begun.
    func go(
        on work: inout TargetWork, _ journal: BenchJournal = BenchJournal()
    ) async throws -> TargetPerformer.Ending {
        let world = TargetPerformer.World(
            now: clock.now, pause: clock.pause, admit: { try journal.admit($0) }, answered: { _, _, _ in },
            keep: { try journal.keep($0) })
        let ending = try await go(on: &work, world)
        guard case .later(let seconds, let reason) = ending else { return ending }
        return .later(seconds: seconds, reason: "\(reason) after \(journal.made.suffix(4))")
    }

    /// The same in a world of its own.
    func go(
        on work: inout TargetWork, _ world: TargetPerformer.World
    ) async throws -> TargetPerformer.Ending {
        var last = ""
        for _ in 0..<50 {
            let ending = try await TargetPerformer(line, world).perform(
                &work, until: clock.now().advanced(bySeconds: 3600))
            switch ending {
            case .done, .refused: return ending
            case .later(let seconds, let reason), .limited(let seconds, let reason):
                last = reason
                clock.pause(Int64(seconds) * 1000)
            }
        }
        return .later(seconds: 0, reason: "no end after 50 turns: \(last)")
    }
}

extension TargetPerformer.Ending {
    var outcome: TargetOutcome? { if case .done(let outcome) = self { outcome } else { nil } }
    var fault: TargetFault? { if case .refused(let fault) = self { fault } else { nil } }
}
