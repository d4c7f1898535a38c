import Model
import Synchronization
import TargetCore
import Targets

/// Works that are performed together, so that their calls meet at the desk.
final class JoiningRun: Sendable {
    /// What the governor would have let through, and been told: names of calls, in order.
    private let askedFor = Mutex<[String]>([])
    private let complaints = Mutex<[String]>([])
    private let bench: TargetBench
    private let isHeld = Mutex(true)
    private let count: Int
    private let kinds: [String]

    /// The first of the calls of these kinds, and of those for many, is not admitted before `count` wait.
    init(_ bench: TargetBench, of kinds: [String], meeting count: Int) {
        self.bench = bench
        self.kinds = kinds
        self.count = count
    }

    var admitted: [String] { askedFor.withLock { $0 } }
    /// Calls that the target complained about.
    var throttled: [String] { complaints.withLock { $0 } }

    struct Result: Sendable {
        var ending: TargetPerformer.Ending
        var work: TargetWork
    }

    /// Performs the works at the same time, each to its end, and gives what came of them in their order.
    func perform(_ works: [TargetWork]) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (Int, Result).self) { group in
            for (place, work) in works.enumerated() {
                group.addTask {
                    var work = work
                    let ending = try await self.bench.go(on: &work, self.world())
                    return (place, Result(ending: ending, work: work))
                }
            }
            var results: [Int: Result] = [:]
            for try await (place, result) in group { results[place] = result }
            return results.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func world() -> TargetPerformer.World {
        let clock = bench.clock
        return TargetPerformer.World(
            now: clock.now, pause: clock.pause, admit: admit,
            answered: { call, fault, _ in
                if fault?.isThrottling == true { self.complaints.withLock { $0.append(call.name) } }
            }, keep: { _ in })
    }

    /// By the time that the first is told to ask again, all are there, and the desk looks anew at who waits.
    private func admit(_ call: CloudCall) async -> Admission {
        guard kinds.contains(call.name), isHeld.withLock({ $0.exchange(with: false) }) else {
            askedFor.withLock { $0.append(call.name) }
            return .now
        }
        while await bench.line.desk.waiting < count { await Task.yield() }
        return .later(Timestamp(milliseconds: bench.clock.now().milliseconds + 1), limit: "test")
    }
}

extension Bool {
    fileprivate mutating func exchange(with new: Bool) -> Bool {
        defer { self = new }
        return self
    }
}

extension TargetBench {
    /// Works of so many devices, from a number on.
    func works(_ intent: TargetIntent, _ numbers: ClosedRange<Int>, marks: [[String: String]] = []) throws
        -> [TargetWork]
    {
        try numbers.enumerated().map { place, number in
            TargetWork(
                workID: "\(intent.rawValue)-\(number)", intent: intent,
                device: try device(number, marks: marks.isEmpty ? [:] : marks[place]))
        }
    }
}
