import HandOver
import Model
import TestSupport
import Testing

private func digest(_ bytes: [UInt8]) -> [UInt8] {
    // Not a hash of any strength: these tests are about the lines.
    var sum = [UInt8](repeating: UInt8(truncatingIfNeeded: bytes.count), count: 32)
    for (index, byte) in bytes.enumerated() { sum[index % 32] = sum[index % 32] &* 31 &+ byte }
    return sum
}

private let hash = PayloadHash(digest: [UInt8](repeating: 0xAB, count: 32))
private let nonce = [UInt8](repeating: 1, count: 32)

@Suite struct ProtocolLineTests {
    private static let asks: [Ask] = [
        .hello, .request(Ask.Nonce(nonce)), .offer(Ask.Offer(bundle: hash, sizeBytes: 700)),
        .put(Ask.Chunk(bundle: hash, part: .trust, offset: 9, bytes: [4, 5], digest: digest)),
        .verify(Ask.Named(hash, nonce: nonce)), .activate(Ask.Named(hash, nonce: nonce)),
        .confirm(Ask.Named(hash, nonce: nonce)), .connection(Ask.Nonce(nonce)),
    ]

    private static let answers: [Answer] = [
        .hello(DeviceAnnouncement(fields: ["serial": "SN-1"], active: hash)),
        .request(SignedRequest(request: [1], signature: [2])),
        .progress(Answer.Progress(bundle: hash, kept: [.certificate: 3])),
        .contents(Answer.Contents(contents: hash)), .active(Answer.Active(bundle: hash)),
        .proof(InstallationProof(bundle: hash, nonce: nonce, contents: hash, signature: [9])),
        .connection(LastConnection()),
        .connection(
            LastConnection(
                endpoint: "mqtts://b:8883", connectedAt: Timestamp(milliseconds: 0), certificate: hash,
                signature: [9])), .refusal(Answer.Refusal(.noRoom, "full")), .again,
    ]

    private func json(_ line: [UInt8]) throws -> [UInt8] {
        var reader = LineReader()
        let found = reader.take(line)
        guard case .line(let json)? = found.first, found.count == 1 else {
            throw ProgramFailure(description: "\(found)")
        }
        return json
    }

    @Test func `every ask and every answer is read as it was written`() throws {
        #expect(Set(Self.asks.map(\.kind)) == Set(Ask.Kind.allCases))
        #expect(Set(Self.answers.map(\.kind)) == Set(Answer.Kind.allCases))
        for ask in Self.asks {
            let value = NumberedAsk(sequence: 7, ask: ask)
            let read = try json(try ProtocolLine.encode(value))
            #expect(try CanonicalJSON.decode(NumberedAsk.self, from: read) == value)
        }
        for answer in Self.answers {
            let value = NumberedAnswer(sequence: 7, answer: answer)
            let read = try json(try ProtocolLine.encode(value))
            #expect(try CanonicalJSON.decode(NumberedAnswer.self, from: read) == value)
        }
    }

    @Test func `the bytes are those of the document`() throws {
        let line = try ProtocolLine.encode(NumberedAsk(sequence: 1, ask: .hello))
        #expect(String(decoding: line, as: UTF8.self) == "\nMHO1 dbb18cbd {\"ask\":\"hello\",\"seq\":1}\n\n")
    }

    @Test func `boot messages, prompts and carriage returns are passed over`() throws {
        let line = try ProtocolLine.encode(NumberedAsk(sequence: 1, ask: .hello))
        var reader = LineReader()
        let noise = Array("U-Boot 2024.01\r\nlogin: ".utf8)
        let carried = line.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        let found = reader.take(noise + carried + noise + line)
        #expect(found.count == 2 && !found.contains(.damaged))
    }

    @Test func `every single changed byte of a line is seen`() throws {
        let line = try ProtocolLine.encode(NumberedAsk(sequence: 12, ask: Self.asks[3]))
        let whole = try json(line)
        for index in line.indices {
            for bit in 0..<8 {
                var changed = line
                changed[index] ^= 1 << bit
                var reader = LineReader()
                for found in reader.take(changed + [0x0A]) {
                    #expect(found == .damaged || found == .line(whole), "byte \(index) bit \(bit)")
                }
            }
        }
    }

    @Test func `a line that is cut anywhere gives nothing or is seen as damaged`() throws {
        let line = try ProtocolLine.encode(NumberedAsk(sequence: 12, ask: Self.asks[3]))
        for count in 1..<(line.count - 2) {
            var reader = LineReader()
            #expect(reader.take(line.prefix(count)).isEmpty)
            #expect(!reader.take([0x0A]).contains { $0 != .damaged }, "\(count)")
        }
    }

    @Test func `random bytes are never a line, and the line after them is read`() throws {
        var random = SeededRandom(seed: 4)
        let line = try ProtocolLine.encode(NumberedAsk(sequence: 3, ask: .hello))
        for _ in 0..<40 {
            let noise = (0..<Int.random(in: 0...20_000, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            var reader = LineReader()
            let found = reader.take(noise + line).filter { $0 != .damaged }
            #expect(found == [.line(try json(line))])
        }
    }
}
