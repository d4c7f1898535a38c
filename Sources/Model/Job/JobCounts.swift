/// How many lines of a job are in which state, for tables and status lines.
package struct JobCounts: Codable, Equatable, Sendable {
    package var expected: Int
    package var open: Int
    package var saved: Int
    package var needsPerson: Int
    package var done: Int
    /// Devices of the job that its list does not have; in a job without a list every device is wanted.
    package var unexpected: Int

    package init(expected: Int, open: Int, saved: Int, needsPerson: Int, done: Int, unexpected: Int) {
        self.expected = expected
        self.open = open
        self.saved = saved
        self.needsPerson = needsPerson
        self.done = done
        self.unexpected = unexpected
    }
}

extension JobProgress {
    /// In a job without a list, its devices count in the place of lines.
    package var counts: JobCounts {
        var byState: [LineState: Int] = [:]
        let surplus = devicesWithoutLine
        let states =
            job.expected.isEmpty ? surplus.map { LineState($0.mark) } : lines.map(\.state)
        for state in states { byState[state, default: 0] += 1 }
        return JobCounts(
            expected: states.count, open: byState[.open] ?? 0, saved: byState[.saved] ?? 0,
            needsPerson: byState[.needsPerson] ?? 0, done: byState[.done] ?? 0,
            unexpected: job.expected.isEmpty ? 0 : surplus.count)
    }
}

extension JobProgress.LineState {
    /// The state of a line whose device has the mark; `nil` is no device.
    package init(_ mark: OperationMark?) {
        switch mark {
        case nil, .closed: self = .open
        case .saved, .sent: self = .saved
        case .needsYou: self = .needsPerson
        case .confirmed: self = .done
        }
    }
}
