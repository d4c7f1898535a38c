package import HandOver
internal import Model
package import Processes

/// A line to a device, with what is known of it.
package protocol DeviceLine {
    /// As given with `--to`.
    var name: String { get }
    var evidence: LinkEvidence { get }

    func write(_ bytes: [UInt8], by deadline: Deadline) throws(SystemError)
    /// What has arrived by the deadline; none is an empty array.
    func read(upTo count: Int, by deadline: Deadline) throws(SystemError) -> [UInt8]
    /// What it means for the hand-over when one of these fails.
    func meaning(of error: SystemError) -> HandOverError
}

/// Asks on a line of bytes, which may change or lose some of them.
package final class LineAsker: Asking {
    /// How long and how often is asked: most answers come within milliseconds, and a device that writes to
    /// slow flash takes seconds, so each silence is waited out twice as long as the one before. Where every
    /// second line is hit, forty tries fail once in 10^12.
    package struct Patience: Sendable {
        /// The first silence.
        package var answer: Duration
        package var tries: Int
        /// Silences one after the other, after which nobody is there.
        package var silentTries: Int

        package init(answer: Duration = .milliseconds(750), tries: Int = 40, silentTries: Int = 4) {
            self.answer = answer
            self.tries = tries
            self.silentTries = silentTries
        }
    }

    package var name: String { line.name }
    package var evidence: LinkEvidence { line.evidence }
    /// Less where lines are hit, more where they are not.
    package private(set) var chunkBytes = HandOverLimits.chunkBytes
    private let line: any DeviceLine
    /// Bits a second; `nil` where the line itself takes no time.
    private let baud: Int?
    private let patience: Patience
    private var reader = LineReader()
    private var sequence = 0

    package init(_ line: any DeviceLine, baud: Int?, patience: Patience = Patience()) {
        self.line = line
        self.baud = baud
        self.patience = patience
    }

    private enum Heard {
        case answer(Answer)
        case damaged
        case silence
    }

    package func ask(_ ask: Ask) throws(HandOverError) -> Answer {
        sequence += 1
        let bytes = try ProtocolLine.encode(NumberedAsk(sequence: sequence, ask: ask))
        var silent = 0
        for attempt in 0..<patience.tries {
            switch try heard(afterSending: bytes, silences: silent) {
            case .answer(.refusal(let refusal)):
                throw .refusedByDevice(code: refusal.code.rawValue, what: refusal.what)
            case .answer(let answer):
                let isClean = attempt == 0
                chunkBytes = min(HandOverLimits.chunkBytes, isClean ? chunkBytes + 16 : chunkBytes)
                return answer
            case .damaged: silent = 0
            case .silence:
                silent += 1
                if silent == patience.silentTries { throw .noAnswer(link: name) }
            }
            chunkBytes = max(HandOverLimits.smallestChunkBytes, chunkBytes / 2)
        }
        throw .noAnswer(link: name)
    }

    private func heard(
        afterSending bytes: [UInt8], silences: Int
    ) throws(HandOverError) -> Heard {
        // Ten bits a byte, both ways, with room for a large answer.
        let wire = baud.map { (bytes.count + HandOverLimits.lineBytes / 2) * 10_000 / $0 } ?? 0
        let deadline = Deadline(after: patience.answer * (1 << silences) + .milliseconds(wire))
        do throws(SystemError) {
            try line.write(bytes, by: deadline)
            while !deadline.hasPassed {
                for found in reader.take(try line.read(upTo: 4096, by: deadline)) {
                    if let heard = heard(found) { return heard }
                }
            }
            return .silence
        } catch {
            if case .timedOut = error { return .silence }
            throw line.meaning(of: error)
        }
    }

    /// `nil` for what is passed over: an answer to an earlier ask, the echo of our own line.
    private func heard(_ found: LineReader.Found) -> Heard? {
        guard case .line(let json) = found else { return .damaged }
        guard let answer = try? CanonicalJSON.decode(NumberedAnswer.self, from: json) else { return nil }
        if case .again = answer.answer { return .damaged }
        return answer.sequence == sequence ? .answer(answer.answer) : nil
    }
}
