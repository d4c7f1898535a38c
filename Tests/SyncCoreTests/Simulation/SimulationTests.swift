import Model
import SyncCore
import Testing

@Suite struct SimulationTests {
    /// How much of one history may happen before it counts as a busy loop.
    static let mostSteps = 40_000
    /// Seeds a run tries; `firstSeed` counts on from where a failure was found.
    static let firstSeed: UInt64 = 1
    static let histories: UInt64 = 2_000

    @Test(arguments: 0..<UInt64(8))
    func `no history loses, doubles or reorders work, and each comes to rest`(part: UInt64) {
        let share = Self.histories / 8
        for seed in (Self.firstSeed + part * share)..<(Self.firstSeed + (part + 1) * share) {
            let complaints = Self.run(seed: seed)
            #expect(complaints.isEmpty, "seed \(seed): \(complaints.joined(separator: "; "))")
            if !complaints.isEmpty { return }
        }
    }

    /// Lives through one history until everything is settled.
    ///
    /// - Returns: what went wrong.
    static func run(seed: UInt64) -> [String] {
        var tablet = SimulatedTablet(seed: seed)
        var steps = 0
        while steps < mostSteps, tablet.hasFaults || !isSettled(tablet) {
            guard tablet.advance() else { break }
            steps += 1
        }
        return complaints(about: tablet, steps: steps)
    }

    private static func isSettled(_ tablet: SimulatedTablet) -> Bool {
        let open = tablet.store.rows.values.filter { $0.state.isOpen }
        let stuck = Set(open.filter { $0.state == .rejected }.map(\.operation.lane))
        return open.allSatisfy { stuck.contains($0.operation.lane) }
    }

    private static func complaints(about tablet: SimulatedTablet, steps: Int) -> [String] {
        var complaints = tablet.store.faults
        let rows = tablet.store.rows.values
        if steps >= mostSteps { complaints.append("a busy loop, or no convergence") }
        if !isSettled(tablet) {
            let open = rows.filter { $0.state.isOpen }.map { "\($0.operation.lane) \($0.state)" }
            complaints.append("left undone: \(open.sorted().joined(separator: ", "))")
        }
        if tablet.registrar.outOfOrder > 0 { complaints.append("sent before its predecessor was applied") }
        if tablet.guesses > 0 { complaints.append("sent again without asking") }
        for (id, count) in tablet.registrar.effects where count != 1 {
            complaints.append("\(id) took effect \(count) times")
        }
        for (lane, sequence) in tablet.registrar.appliedOfLane where sequence != sequence.sorted() {
            complaints.append("\(lane) was applied in the order \(sequence)")
        }
        for row in rows where row.state == .applied {
            if !row.hasReceipt { complaints.append("\(row.operation.id) is applied without a receipt") }
            if tablet.registrar.effects[row.operation.id] == nil {
                complaints.append("\(row.operation.id) is applied here only")
            }
        }
        let most = 60 + 40 * rows.count * (tablet.crashes + 2)
        if tablet.requests > most { complaints.append("\(tablet.requests) requests for \(rows.count)") }
        return complaints
    }
}
