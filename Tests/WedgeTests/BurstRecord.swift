import Wedge

/// Feeds characters with their times into a detector, keeps every deadline, and records what comes out.
struct BurstRecord {
    var detector: BurstDetector
    var outputs: [BurstDetector.Output] = []

    init(settings: WedgeSettings = .standard) {
        detector = BurstDetector(settings: settings)
    }

    /// All the characters, and the silence after them.
    init(_ keys: [(Unicode.Scalar, Int64)], settings: WedgeSettings = .standard) {
        self.init(settings: settings)
        for (scalar, time) in keys { type(scalar, at: time) }
        pass(until: .max)
    }

    mutating func pass(until time: Int64) {
        while let deadline = detector.deadline, deadline <= time { outputs += detector.tick(at: deadline) }
    }

    mutating func type(_ scalar: Unicode.Scalar, at time: Int64) {
        pass(until: time)
        outputs += detector.text(scalar, at: time)
    }

    /// A text with the same gap between its characters; returns when the last came.
    @discardableResult
    mutating func type(_ text: String, from start: Int64, gap: Int64) -> Int64 {
        var time = start
        for (index, scalar) in text.unicodeScalars.enumerated() {
            time = start + Int64(index) * gap
            type(scalar, at: time)
        }
        return time
    }

    var typed: [Unicode.Scalar] {
        outputs.flatMap { output -> [Unicode.Scalar] in
            if case .typed(let scalars) = output { scalars } else { [] }
        }
    }

    var scanned: [[Unicode.Scalar]] {
        outputs.compactMap { if case .scanned(let scalars, _) = $0 { scalars } else { nil } }
    }

    /// Everything that came out for good, in order.
    var settled: [Unicode.Scalar] {
        outputs.flatMap { output -> [Unicode.Scalar] in
            switch output {
            case .typed(let scalars), .scanned(let scalars, _), .dropped(let scalars): scalars
            case .typing, .retracted: []
            }
        }
    }

    /// Who typed, by the first thing that was settled.
    var origin: String? {
        typed.isEmpty ? (scanned.isEmpty ? nil : "scanner") : (scanned.isEmpty ? "human" : "both")
    }
}
