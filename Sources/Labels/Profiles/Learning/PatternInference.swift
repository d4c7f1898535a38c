/// The pattern that several texts of one kind have in common.
///
/// Letters that all of them share are taken for the maker's prefix and stay; digits are taken for counters, even where the few
/// examples agree in them.
enum PatternInference {
    private enum Kind: Equatable {
        case digits, upper, lower
        /// One character that is neither.
        case sign(Character)

        init(_ character: Character) {
            if ("0"..."9").contains(character) {
                self = .digits
            } else if ("A"..."Z").contains(character) {
                self = .upper
            } else if ("a"..."z").contains(character) {
                self = .lower
            } else {
                self = .sign(character)
            }
        }

        var set: String {
            switch self {
            case .digits: "[0-9]"
            case .upper: "[A-Z]"
            case .lower: "[a-z]"
            case .sign(let character): PatternInference.literal(String(character))
            }
        }
    }

    private struct Run: Equatable {
        var kind: Kind
        var text: String
    }

    /// What matches all of the texts, of which there is at least one, and others like them.
    static func pattern(of texts: [String]) -> String {
        let runs = texts.map(runs)
        guard let first = runs.first else { return "" }
        let isAlike = runs.allSatisfy { $0.map(\.kind) == first.map(\.kind) }
        return isAlike ? alike(runs) : unlike(texts)
    }

    /// Whether two texts are made of the same kinds of characters in the same order, however many of each.
    static func areAlike(_ one: String, _ other: String) -> Bool {
        runs(one).map(\.kind) == runs(other).map(\.kind)
    }

    /// The text itself, with signs that mean something in patterns escaped.
    static func literal(_ text: String) -> String {
        text.reduce(into: "") { pattern, character in
            if "\\.[](){}|?*+^$".contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
    }

    private static func runs(_ text: String) -> [Run] {
        var runs: [Run] = []
        for character in text {
            let kind = Kind(character)
            if case .sign = kind {
                runs.append(Run(kind: kind, text: String(character)))
            } else if runs.last?.kind == kind {
                runs[runs.count - 1].text.append(character)
            } else {
                runs.append(Run(kind: kind, text: String(character)))
            }
        }
        return runs
    }

    /// Run by run: the texts differ in their letters and digits alone.
    private static func alike(_ all: [[Run]]) -> String {
        all[0].indices.map { index in
            let runs = all.map { $0[index] }
            let isShared = runs.allSatisfy { $0.text == runs[0].text }
            switch runs[0].kind {
            case .sign: return literal(runs[0].text)
            case .upper where isShared && runs[0].text.count > 1,
                .lower where isShared && runs[0].text.count > 1:
                return runs[0].text
            case .upper, .lower, .digits: return runs[0].kind.set + times(runs.map(\.text.count))
            }
        }.joined()
    }

    /// Whatever characters they have, behind the prefix up to the last sign that all of them share.
    private static func unlike(_ texts: [String]) -> String {
        var prefix = texts[0]
        for text in texts.dropFirst() {
            prefix = String(zip(prefix, text).prefix { $0 == $1 }.map(\.0))
        }
        let end = prefix.lastIndex { !$0.isLetter && !$0.isNumber }.map { prefix.index(after: $0) }
        prefix = String(prefix[..<(end ?? prefix.startIndex)])
        let rests = texts.map { $0.dropFirst(prefix.count) }
        var set = ""
        for (range, kind) in [("0-9", Kind.digits), ("A-Z", .upper), ("a-z", .lower)]
        where rests.contains(where: { $0.contains { Kind($0) == kind } }) {
            set += range
        }
        let signs = Set(rests.flatMap { $0.filter { if case .sign = Kind($0) { true } else { false } } })
        // A dash stands last, where it means itself.
        set += signs.filter { $0 != "-" }.sorted().map { "]\\^[".contains($0) ? "\\\($0)" : String($0) }
            .joined()
        if signs.contains("-") { set += "-" }
        return literal(prefix) + "[\(set)]" + times(rests.map(\.count))
    }

    private static func times(_ counts: [Int]) -> String {
        let (least, most) = (counts.min() ?? 1, counts.max() ?? 1)
        return least == most ? (least == 1 ? "" : "{\(least)}") : "{\(least),\(most)}"
    }
}
