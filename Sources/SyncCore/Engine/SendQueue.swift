import Model

/// An open entry with what this run of the engine has learnt about it.
struct TrackedEntry: Equatable, Sendable {
    var entry: SyncEntry
    /// Neither sent nor asked about before this moment.
    var notBefore: Instant
    /// The request that carries it or asks about it.
    var request: RequestID?
    /// Questions about it in this run that gave no answer.
    var vainQuestions = 0
    var firstFailureAt: Instant?

    var operationID: OperationID { entry.operationID }
}

/// The open operations of one device, in their order.
struct Lane: Equatable, Sendable {
    var entries: [TrackedEntry] = []
}

/// All open entries by lane. Only the first of each lane, its head, is ever sent.
struct SendQueue: Equatable, Sendable {
    /// In the order in which their first operations were accepted; a lane that is done stays, empty.
    private(set) var lanes: [Lane] = []
    private var laneIndices: [DeviceIdentifier: Int] = [:]
    private var indices: [OperationID: Int] = [:]
    /// How many entries each operator has here.
    private(set) var entriesOfOperators: [OperatorID: Int] = [:]
    /// Lanes whose order of entries changed since `takeRearranged`.
    private var rearranged: Set<Int> = []

    var count: Int { indices.count }

    /// The entries that `isIncluded` picks.
    func count(where isIncluded: (TrackedEntry) -> Bool) -> Int {
        lanes.reduce(0) { sum, lane in sum + lane.entries.count(where: isIncluded) }
    }

    subscript(id: OperationID) -> TrackedEntry? {
        guard let lane = indices[id] else { return nil }
        return lanes[lane].entries.first { $0.operationID == id }
    }

    /// Changes an entry in its place; does nothing when it is no longer here.
    mutating func update(_ id: OperationID, _ change: (inout TrackedEntry) -> Void) {
        guard let lane = indices[id],
            let position = lanes[lane].entries.firstIndex(where: { $0.operationID == id })
        else { return }
        change(&lanes[lane].entries[position])
    }

    /// Changes every entry in its place.
    mutating func updateAll(_ change: (inout TrackedEntry) -> Void) {
        for lane in lanes.indices {
            for position in lanes[lane].entries.indices { change(&lanes[lane].entries[position]) }
        }
    }

    /// Takes an entry out.
    ///
    /// - Returns: the entry that is now first in the lane.
    @discardableResult
    mutating func remove(_ id: OperationID) -> TrackedEntry? {
        guard let lane = indices.removeValue(forKey: id),
            let position = lanes[lane].entries.firstIndex(where: { $0.operationID == id })
        else { return nil }
        let removed = lanes[lane].entries.remove(at: position)
        entriesOfOperators[removed.entry.operatorID, default: 1] -= 1
        rearranged.insert(lane)
        return lanes[lane].entries.first
    }

    /// The lanes in which entries came or went, each once.
    mutating func takeRearranged() -> [Int] {
        defer { rearranged = [] }
        return rearranged.sorted()
    }

    /// Replaces everything by what the store holds, keeping what this run knows of entries that are still in the state
    /// it left them in, and leaving alone what travels now.
    mutating func replace(with entries: [SyncEntry], at now: Instant, longestWait: Int64) {
        var known: [OperationID: TrackedEntry] = [:]
        for lane in lanes {
            for tracked in lane.entries { known[tracked.operationID] = tracked }
        }
        var tracked: [TrackedEntry] = []
        for entry in entries {
            let old = known.removeValue(forKey: entry.operationID)
            tracked.append(Self.merged(entry, with: old, at: now, longestWait: longestWait))
        }
        tracked += known.values.filter { $0.request != nil }
        rebuild(tracked)
    }

    private static func merged(
        _ entry: SyncEntry, with old: TrackedEntry?, at now: Instant, longestWait: Int64
    ) -> TrackedEntry {
        let wait = entry.state == .waiting ? min(max(entry.stillToWait, 0), longestWait) : 0
        let fresh = TrackedEntry(entry: entry, notBefore: now.advanced(byMilliseconds: wait))
        guard var old else { return fresh }
        if old.request != nil { return old }
        guard old.entry.state == entry.state else { return fresh }
        old.entry = entry
        return old
    }

    private mutating func rebuild(_ tracked: [TrackedEntry]) {
        lanes = []
        laneIndices = [:]
        indices = [:]
        entriesOfOperators = [:]
        let ordered = tracked.sorted {
            ($0.entry.laneSequence, $0.operationID) < ($1.entry.laneSequence, $1.operationID)
        }
        // Lanes stand in the order of their heads' ids, which is about that of acceptance.
        var heads: [DeviceIdentifier: OperationID] = [:]
        for tracked in ordered where heads[tracked.entry.lane] == nil {
            heads[tracked.entry.lane] = tracked.operationID
        }
        for (lane, _) in heads.sorted(by: { $0.value < $1.value }) {
            laneIndices[lane] = lanes.count
            lanes.append(Lane())
        }
        for tracked in ordered {
            guard let lane = laneIndices[tracked.entry.lane] else { continue }
            lanes[lane].entries.append(tracked)
            indices[tracked.operationID] = lane
            entriesOfOperators[tracked.entry.operatorID, default: 0] += 1
        }
        rearranged = Set(lanes.indices)
    }
}
