/// Characters that arrived close to each other, and what tells of who typed them.
struct BurstRun: Equatable, Sendable {
    private(set) var scalars: [Unicode.Scalar]
    private(set) var last: Int64
    private let first: Int64
    /// Characters, a key that is held down counted once.
    private var keys = 1
    private var isOneKey = true
    /// Whether a scan ended just before, so that the next characters are of the same scanner.
    let followsScan: Bool

    init(_ scalar: Unicode.Scalar, at time: Int64, followsScan: Bool) {
        scalars = [scalar]
        first = time
        last = time
        self.followsScan = followsScan
    }

    var count: Int { scalars.count }

    mutating func append(_ scalar: Unicode.Scalar, at time: Int64, _ timing: WedgeTiming) {
        let isRepeated = scalar == scalars.last
        if !isRepeated || time - last < timing.autoRepeat { keys += 1 }
        isOneKey = isOneKey && isRepeated
        scalars.append(scalar)
        last = time
    }

    /// Takes a terminator in: it counts for the pace, not for the keys.
    mutating func end(with scalar: Unicode.Scalar, at time: Int64) {
        scalars.append(scalar)
        last = time
    }

    /// Whether the mean gap is a scanner's, with one more character at `time` if that is given.
    func isFast(_ timing: WedgeTiming, with time: Int64? = nil) -> Bool {
        let gaps = Int64(time == nil ? count - 1 : count)
        return gaps > 0 && (time ?? last) - first <= timing.meanGap * gaps
    }

    /// Whether the characters have a scanner's pace; `terminators` of them end the payload.
    func isScanner(_ timing: WedgeTiming, terminators: Int = 0) -> Bool {
        count - terminators >= timing.leastCharacters && isFast(timing) && !isOneKey
            && keys >= timing.leastKeys
    }
}
