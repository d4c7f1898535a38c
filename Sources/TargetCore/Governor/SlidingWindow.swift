/// The calls of the last window, counted in parts, so that no window of that length ever holds more than it
/// may: not only those that start on a full minute.
///
/// In JSON: one array of whole numbers, three for each part: start (the first in milliseconds of the clock,
/// the others after the one before), length in milliseconds, calls.
struct SlidingWindow: Equatable, Sendable {
    /// Calls that were made close together. They leave the window together, with the last of them.
    private struct Part: Equatable, Sendable {
        var first: Int64
        var last: Int64
        var count: Int
    }

    private var parts: [Part] = []

    var isEmpty: Bool { parts.isEmpty }

    /// Calls in the window that ends now.
    var count: Int { parts.reduce(0) { $0 + $1.count } }

    /// Forgets what is older than a window.
    mutating func leave(before now: Int64, window: Int64) {
        parts.removeAll { $0.last <= now - window }
    }

    mutating func add(at now: Int64, window: Int64) {
        if let last = parts.last, now - last.first < max(1, window / GovernorTuning.partsOfWindow) {
            parts[parts.count - 1].last = max(last.last, now)
            parts[parts.count - 1].count += 1
        } else {
            parts.append(Part(first: now, last: now, count: 1))
        }
    }

    /// A call that was counted at `sent` has been answered: by then it had arrived, and it leaves a window after that.
    mutating func arrived(_ sent: Int64, by now: Int64) {
        guard let place = parts.lastIndex(where: { $0.first <= sent }) else { return }
        parts[place].last = max(parts[place].last, now)
    }

    /// When there are fewer than `most` calls in the window, at least 1, if no others come: `nil` for now.
    func opening(under most: Int, window: Int64) -> Int64? {
        var left = count
        guard left >= most else { return nil }
        for part in parts.sorted(by: { $0.last < $1.last }) {
            left -= part.count
            if left < most { return part.last + window }
        }
        return nil
    }

    mutating func shift(by difference: Int64) {
        for index in parts.indices {
            parts[index].first += difference
            parts[index].last += difference
        }
    }
}

extension SlidingWindow: Codable {
    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var start: Int64 = 0
        while !container.isAtEnd {
            let step = try container.decode(Int64.self)
            let length = try container.decode(Int64.self)
            let count = try container.decode(Int64.self)
            guard StoredTime.accepts(step), StoredTime.accepts(start + step),
                parts.isEmpty || step >= 0, StoredTime.accepts(length), length >= 0,
                (1...StoredTime.mostCalls).contains(count)
            else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "the calls of a window must be counted in order of time")
            }
            start += step
            parts.append(Part(first: start, last: start + length, count: Int(count)))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        var start: Int64 = 0
        for part in parts {
            try container.encode(part.first - start)
            try container.encode(part.last - part.first)
            try container.encode(part.count)
            start = part.first
        }
    }
}

/// What a stored number may be, so that no sum of stored numbers overflows.
enum StoredTime {
    static let mostCalls: Int64 = 1_000_000_000
    private static let bounds: ClosedRange<Int64> = -(1 << 52)...(1 << 52)

    static func accepts(_ value: Int64) -> Bool { bounds.contains(value) }

    static func held(_ value: Int64) -> Int64 { min(max(value, bounds.lowerBound), bounds.upperBound) }
}
