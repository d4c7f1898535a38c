import Canvas
import Terminal
import TestSupport
import Testing

@Suite struct InputDecoderTests {
    /// All the inputs of the bytes, with the patience over at their end.
    private func inputs(_ bytes: [UInt8], partedBy size: Int = .max) -> [Input] {
        var decoder = InputDecoder()
        var found: [Input] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            found += decoder.decode(rest.prefix(size), at: 0).map(\.input)
            rest = rest.dropFirst(size)
        }
        found += decoder.expire(at: 1_000_000).map(\.input)
        #expect(decoder.deadlineMilliseconds == nil)
        return found
    }

    private func inputs(_ text: String) -> [Input] { inputs(Array(text.utf8)) }

    @Test func `every scalar is text as it came`() {
        #expect(inputs("aé日🙂") == [.text("a"), .text("é"), .text("日"), .text("🙂")])
        #expect(
            inputs("\r\t\u{1D}\u{1E}\u{4}\u{1}\u{0}\n")
                == ["\r", "\t", "\u{1D}", "\u{1E}", "\u{4}", "\u{1}", "\u{0}", "\n"].map { .text($0) })
        #expect(inputs("\u{8}\u{7F}\u{1A}") == [.text("\u{7F}"), .text("\u{7F}"), .suspend])
    }

    @Test func `Escape alone is known when its patience is over`() {
        var decoder = InputDecoder()
        #expect(decoder.decode([0x1B], at: 100).isEmpty)
        #expect(decoder.deadlineMilliseconds == 100 + InputDecoder.patienceMilliseconds)
        #expect(decoder.expire(at: 149).isEmpty)
        #expect(decoder.expire(at: 150) == [TimedInput(.text("\u{1B}"), milliseconds: 100)])
    }

    @Test func `Alt and a key are Escape and the key`() {
        #expect(inputs("\u{1B}1") == [.text("\u{1B}"), .text("1")])
        #expect(inputs("\u{1B}\u{1B}") == [.text("\u{1B}"), .text("\u{1B}")])
        #expect(inputs("\u{1B}[") == [.text("\u{1B}"), .text("[")])
        #expect(inputs("\u{1B}O") == [.text("\u{1B}"), .text("O")])
    }

    @Test(arguments: [
        ("\u{1B}[A", Key.up), ("\u{1B}OB", .down), ("\u{1B}[C", .right), ("\u{1B}OD", .left),
        ("\u{1B}[H", .home), ("\u{1B}OF", .end), ("\u{1B}[1~", .home), ("\u{1B}[4~", .end),
        ("\u{1B}[7~", .home), ("\u{1B}[8~", .end), ("\u{1B}[2~", .insert), ("\u{1B}[3~", .delete),
        ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown), ("\u{1B}[Z", .backTab), ("\u{1B}OP", .f(1)),
        ("\u{1B}[[A", .f(1)), ("\u{1B}[[E", .f(5)), ("\u{1B}[11~", .f(1)), ("\u{1B}[15~", .f(5)),
        ("\u{1B}[24~", .f(12)), ("\u{1B}[1;2A", Key(.up, .shift)), ("\u{1B}[1;5D", Key(.left, .control)),
        ("\u{1B}[3;3~", Key(.delete, .alt)), ("\u{1B}[1;8P", Key(.function(1), [.shift, .alt, .control])),
    ])
    func `keys of xterm, rxvt, screen and the Linux console`(_ sequence: String, _ key: Key) {
        #expect(inputs(sequence) == [.key(key)])
        #expect(inputs(Array(sequence.utf8), partedBy: 1) == [.key(key)])
    }

    @Test func `the numeric pad sends what is printed on it`() {
        #expect(inputs("\u{1B}OM\u{1B}Oj\u{1B}Op\u{1B}Oy") == ["\r", "*", "0", "9"].map { .text($0) })
    }

    @Test func `the terminal's own entry comes first`() {
        let own = KeySequences([Array("\u{1B}q".utf8): .f(3), Array("x".utf8): .f(4)])
        var decoder = InputDecoder(own)
        #expect(decoder.decode(Array("\u{1B}qx".utf8), at: 0).map(\.input) == [.key(.f(3)), .text("x")])
    }

    @Test func `mouse reports of both forms`() {
        #expect(inputs("\u{1B}[<0;5;3M") == [.mouse(MouseEvent(.press, at: CellPoint(column: 4, row: 2)))])
        #expect(inputs("\u{1B}[<0;5;3m") == [.mouse(MouseEvent(.release, at: CellPoint(column: 4, row: 2)))])
        #expect(
            inputs("\u{1B}[<32;300;3M") == [.mouse(MouseEvent(.drag, at: CellPoint(column: 299, row: 2)))])
        #expect(inputs("\u{1B}[<64;1;1M") == [.mouse(MouseEvent(.wheelUp, at: CellPoint(column: 0, row: 0)))])
        #expect(
            inputs("\u{1B}[<65;1;1M") == [.mouse(MouseEvent(.wheelDown, at: CellPoint(column: 0, row: 0)))])
        #expect(inputs("\u{1B}[M !!") == [.mouse(MouseEvent(.press, at: CellPoint(column: 0, row: 0)))])
        #expect(inputs("\u{1B}[M#%&") == [.mouse(MouseEvent(.release, at: CellPoint(column: 4, row: 5)))])
        #expect(inputs("\u{1B}[M`!!") == [.mouse(MouseEvent(.wheelUp, at: CellPoint(column: 0, row: 0)))])
    }

    @Test func `focus is told, replies and unknown sequences mean nothing`() {
        #expect(inputs("\u{1B}[I\u{1B}[O") == [.focus(true), .focus(false)])
        #expect(
            inputs("\u{1B}[?62;4c\u{1B}[>1;2c\u{1B}[99~\u{1B}[5;5Ra") == [
                .key(Key(.function(3), .control)), .text("a"),
            ])
    }

    @Test func `a paste is whole and untouched, in any parts`() {
        let inside = Array("line\r\n\u{1B}[A\u{1B}[201\u{1B}\u{3}é".utf8) + [0xFF, 0x00]
        let bytes = Array("\u{1B}[200~".utf8) + inside + Array("\u{1B}[201~z".utf8)
        for size in [1, 2, 3, 7, .max] {
            #expect(inputs(bytes, partedBy: size) == [.paste(inside), .text("z")])
        }
    }

    @Test func `a paste whose end never comes is given when its patience is over`() {
        var decoder = InputDecoder()
        #expect(decoder.decode(Array("\u{1B}[200~abc\u{1B}[20".utf8), at: 5).isEmpty)
        let found = decoder.expire(at: 5 + InputDecoder.pastePatienceMilliseconds)
        #expect(found.map(\.input) == [.paste(Array("abc\u{1B}[20".utf8))])
        #expect(decoder.decode(Array("x".utf8), at: 9000).map(\.input) == [.text("x")])
    }

    @Test func `a paste of any length comes in parts of bounded size`() {
        let inside = [UInt8](repeating: 0x61, count: 3 * InputDecoder.pasteLimit + 5)
        let found = inputs(Array("\u{1B}[200~".utf8) + inside + Array("\u{1B}[201~".utf8), partedBy: 16_384)
        var joined: [UInt8] = []
        for case .paste(let part) in found {
            #expect(part.count < InputDecoder.pasteLimit + 16_384)
            joined += part
        }
        #expect(joined == inside)
    }

    @Test func `what is no UTF-8 is a replacement character each`() {
        #expect(inputs([0xFF, 0x61, 0xC3, 0x28]) == ["\u{FFFD}", "a", "\u{FFFD}", "("].map { .text($0) })
        #expect(inputs([0xE6, 0x97]) == ["\u{FFFD}", "\u{FFFD}"].map { .text($0) })
        #expect(inputs([0xED, 0xA0, 0x80]) == ["\u{FFFD}", "\u{FFFD}", "\u{FFFD}"].map { .text($0) })
    }

    @Test func `the parts in which bytes arrive make no difference`() {
        var random = SeededRandom(seed: 11)
        let pieces = [
            "\u{1B}", "[", "O", "A", "1;5D", "M !!", "<0;1;1M", "é", "日", "\u{1B}[200~", "\u{1B}[201~", "9~",
            "x",
        ]
        for _ in 0..<2000 {
            var bytes: [UInt8] = []
            for _ in 0..<6 {
                bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
                if Int.random(in: 0..<8, using: &random) == 0 {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                }
            }
            #expect(inputs(bytes) == inputs(bytes, partedBy: 1), "\(bytes)")
        }
    }

    @Test func `no bytes trap and nothing is kept for ever`() {
        var random = SeededRandom(seed: 12)
        for _ in 0..<3000 {
            let bytes = (0..<40).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random)
                    : Array("\u{1B}[<;0M~O".utf8).randomElement(using: &random) ?? 0
            }
            _ = inputs(bytes, partedBy: Int.random(in: 1...9, using: &random))
        }
    }
}
