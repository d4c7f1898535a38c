import Canvas
import Terminal

/// Frames that change step by step; any input goes on to the next.
enum Samples {
    static func show(on terminal: Terminal) {
        var step = 0
        while step < 4 {
            var frame = Frame(size: terminal.size)
            frame.put("step \(step)", column: 0, row: 0, role: .heading)
            frame.put("● ↑ ✓ ! – … · │ ─ █ ▀ ▄ ▌ → ‹ ›|", column: 0, row: 1)
            frame.put("日本語|한국어|e\u{301}a\u{308}|naïve|Ω", column: 0, row: 2)
            frame.put("👩‍👩‍👧|☎\u{FE0F}|🇩🇪|👍🏽|", column: 0, row: 3)
            frame.put(String(repeating: "日", count: frame.size.columns), column: step % 2, row: 4)
            frame.put("x", column: frame.size.columns - 1, row: frame.size.rows - 1, role: .bad)
            if step == 2 { frame.put("日", column: 1, row: 2) }
            if step == 3 { frame = Frame(size: Size(columns: 500, rows: 300)) }
            if step == 3 { frame.put(String(repeating: "本", count: 250), column: 1, row: 5) }
            terminal.paint(frame, theme: step == 1 ? .dark : .sun)
            while terminal.wait().isEmpty { continue }
            step += 1
        }
    }

    static func showPictures(on terminal: Terminal) {
        for step in 0..<2 {
            var frame = Frame(size: terminal.size)
            for row in 0..<8 {
                for column in 0..<32 {
                    frame.putPicture(
                        upper: UInt8(column * 8), lower: UInt8(row * 32 + step), column: column, row: row)
                }
            }
            frame.put("picture \(step)", column: 0, row: 9)
            terminal.paint(frame, theme: .sun)
            while terminal.wait().isEmpty { continue }
        }
    }
}
