import Model

/// Text made to fit a number of cells.
///
/// Everything here works on text as it will be shown, so it is made visible first (`VisibleText`).
package enum TextLayout {
    /// Cut at a cell border, with `…` where something is missing.
    package static func truncate(_ text: String, columns: Int) -> String {
        let text = VisibleText.of(text)
        guard CellWidth.of(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var (kept, width) = ("", 0)
        for grapheme in text {
            let next = CellWidth.of(grapheme)
            if width + next > columns - 1 { break }
            kept.append(grapheme)
            width += next
        }
        return kept + "…"
    }

    /// The end of a text that does not fit, with `…` before it: what matters of paths and of text being typed.
    package static func truncateHead(_ text: String, columns: Int) -> String {
        let text = VisibleText.of(text)
        guard CellWidth.of(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var (kept, width): ([Character], Int) = ([], 0)
        for grapheme in text.reversed() {
            let next = CellWidth.of(grapheme)
            if width + next > columns - 1 { break }
            kept.append(grapheme)
            width += next
        }
        return "…" + String(kept.reversed())
    }

    /// Filled with blanks at the end, or truncated, to exactly so many cells.
    package static func pad(_ text: String, columns: Int) -> String {
        let cut = truncate(text, columns: columns)
        return cut + String(repeating: " ", count: max(0, columns - CellWidth.of(cut)))
    }

    /// Lines of at most so many cells, broken at blanks; a word longer than a line is broken inside. Line feeds break
    /// lines, every other control character is made visible.
    package static func wrap(_ text: String, columns: Int) -> [String] {
        guard columns > 0 else { return [] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
            wrapParagraph(VisibleText.of(String(paragraph)), columns: columns)
        }
    }

    private static func wrapParagraph(_ text: String, columns: Int) -> [String] {
        var lines: [String] = []
        var (line, width) = ("", 0)
        for word in text.split(separator: " ") {
            let needed = CellWidth.of(String(word))
            if width > 0, width + 1 + needed <= columns {
                line += " " + word
                width += 1 + needed
                continue
            }
            if width > 0 { lines.append(line) }
            (line, width) = ("", 0)
            for grapheme in word {
                let next = CellWidth.of(grapheme)
                if width + next > columns {
                    lines.append(line)
                    (line, width) = ("", 0)
                }
                line.append(grapheme)
                width += next
            }
        }
        return lines + [line]
    }
}
