package import HandOver
internal import Model
package import Processes

/// A simulated device at a serial line, or at another way for bytes.
package struct LineDesk {
    private let device: SimulatedDevice
    private let line: any ByteLine
    private var noise: LineNoise?
    private var reader = LineReader()

    package init(_ device: SimulatedDevice, _ line: any ByteLine, noise: LineNoise? = nil) {
        self.device = device
        self.line = line
        self.noise = noise
    }

    /// How long it stays after the last answer, which may have to be given again.
    private static let farewell = Duration.seconds(2)

    /// Answers until the line is gone, or until it has answered an ask of this kind and nothing more was
    /// asked.
    package mutating func serve(until last: Ask.Kind? = nil) throws {
        var isLast = false
        while true {
            var bytes: [UInt8]
            do throws(SystemError) {
                bytes = try line.read(upTo: 4096, by: isLast ? Deadline(after: Self.farewell) : nil)
            } catch {
                if case .disconnected = error { return }
                throw error
            }
            if isLast, bytes.isEmpty { return }
            noise?.disturb(&bytes)
            for found in reader.take(bytes) {
                let answered = try serve(found)
                if let last, answered == last { isLast = true }
            }
        }
    }

    /// Which ask was answered by something else than a refusal.
    private mutating func serve(_ found: LineReader.Found) throws -> Ask.Kind? {
        guard case .line(let json) = found else {
            try send(NumberedAnswer(sequence: 0, answer: .again))
            return nil
        }
        guard let ask = try? CanonicalJSON.decode(NumberedAsk.self, from: json) else {
            guard let number = try? CanonicalJSON.decode(NumberAlone.self, from: json) else { return nil }
            let refusal = Answer.Refusal(.unknownAsk, "the ask must be one of version 1")
            try send(NumberedAnswer(sequence: number.seq, answer: .refusal(refusal)))
            return nil
        }
        let answer = device.answer(ask.ask)
        try send(NumberedAnswer(sequence: ask.sequence, answer: answer))
        return answer.kind == .refusal ? nil : ask.ask.kind
    }

    private struct NumberAlone: Decodable {
        var seq: Int
    }

    private mutating func send(_ answer: NumberedAnswer) throws {
        var bytes = try ProtocolLine.encode(answer)
        noise?.disturb(&bytes)
        try line.write(bytes, by: nil)
    }
}

/// Noise on a line: one of so many bytes is changed, by chance that a seed repeats.
package struct LineNoise: Sendable {
    private let oneOf: UInt64
    private var state: UInt64

    package init(oneOf: Int, seed: UInt64) {
        self.oneOf = UInt64(max(2, oneOf))
        state = seed
    }

    package mutating func disturb(_ bytes: inout [UInt8]) {
        for index in bytes.indices where next() % oneOf == 0 {
            bytes[index] ^= UInt8(truncatingIfNeeded: 1 << (next() % 8))
        }
    }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
