import Canvas
import Terminal
import TestSupport

/// Text that tries to steer the terminal, put into frames by the thousand.
enum Hostile {
    static func show(on terminal: Terminal, count: Int) {
        var random = SeededRandom(seed: 2024)
        var left = count
        while left > 0 {
            let size = terminal.size
            var frame = Frame(size: size)
            for row in 0..<size.rows {
                for column in stride(from: 0, to: size.columns, by: max(1, size.columns / 4)) where left > 0 {
                    frame.put(payload(&random), column: column, row: row, columns: size.columns / 4)
                    left -= 1
                }
            }
            terminal.paint(frame, theme: .sun)
            if left % 1024 == 0 { terminal.setTitle(payload(&random)) }
        }
    }

    private static let parts = [
        "\u{1B}[2J", "\u{1B}]0;title\u{7}", "\u{1B}]52;c;Zm9v\u{7}", "\u{1B}P+q544e\u{1B}\\", "\u{1B}[?1049l",
        "\u{1B}c", "\u{9B}31m", "\u{9D}0;x\u{9C}", "\u{90}q", "\u{202E}", "\u{2066}", "\u{200B}", "\u{200D}",
        "\u{FEFF}", "\u{AD}", "\u{E0041}", "\u{7}", "\u{8}\u{8}", "\r\n", "\t", "\u{B}\u{C}", "\u{E}",
        "\u{F}",
        "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FFFE}", "\u{10FFFF}", "\u{E000}", "%s%n", "$<500>",
        "\u{1B}[6n", "\u{1B}[c", "\u{1B}#8", "\u{1B}(0", "日本", "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}",
        "👩‍👩‍👧", "🇩🇪", "\u{FE0F}", "\u{1F3FB}", "ﷺ", "क्षि", "한", "\u{1160}", "\u{3164}", "\u{115F}", "abc", "~",
    ]

    private static func payload(_ random: inout SeededRandom) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            if Bool.random(using: &random) {
                text += parts.randomElement(using: &random) ?? ""
            } else {
                // Any bytes: most are no UTF-8.
                let bytes = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                text += String(decoding: bytes, as: UTF8.self)
            }
        }
        return text
    }
}
