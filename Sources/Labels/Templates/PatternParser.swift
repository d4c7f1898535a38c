/// Reads the text of a pattern.
struct PatternParser {
    private let characters: [Character]
    private var position = 0
    private var depth = 0
    /// The names of the groups, in the order in which they begin.
    private(set) var names: [String] = []

    private static let deepest = 32

    init(_ text: String) {
        characters = Array(text)
    }

    mutating func parse() throws(TemplateError) -> PatternNode {
        let node = try alternatives()
        guard position == characters.count else { throw fault("a `)` without its `(`") }
        return node
    }

    private func fault(_ reason: String) -> TemplateError { .pattern(reason: reason, position: position + 1) }

    private var next: Character? { position < characters.count ? characters[position] : nil }

    private mutating func take() -> Character? {
        guard let next else { return nil }
        position += 1
        return next
    }

    private mutating func take(_ text: String) -> Bool {
        guard characters[position...].starts(with: text) else { return false }
        position += text.count
        return true
    }

    private mutating func alternatives() throws(TemplateError) -> PatternNode {
        var nodes = [try sequence()]
        while take("|") { nodes.append(try sequence()) }
        return nodes.count == 1 ? nodes[0] : .either(nodes)
    }

    private mutating func sequence() throws(TemplateError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let character = next, character != "|", character != ")" {
            let atom = try atom()
            nodes.append(try repetition(of: atom))
        }
        return nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func atom() throws(TemplateError) -> PatternNode {
        switch take() {
        case "(": return try group()
        case "[": return .set(try characterClass())
        case ".": return .set(.any)
        case "\\": return .set(try escape())
        case "*", "+", "?", "{": throw fault("a repetition of nothing")
        case "^", "$": throw fault("the whole text is matched, so `^` and `$` are not needed")
        case .some(let character): return .set(CharacterSet(ranges: [character...character]))
        case nil: return .empty
        }
    }

    private mutating func group() throws(TemplateError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw fault("groups within groups too deep") }
        var index: Int?
        if take("?<") {
            var name = ""
            while let character = take(), character != ">" { name.append(character) }
            guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }),
                !names.contains(name)
            else { throw fault("a group's name must be letters and digits, each name once") }
            index = names.count
            names.append(name)
        } else if take("?:") {
        } else if next == "?" {
            throw fault("a kind of group that is not known")
        }
        let node = try alternatives()
        guard take(")") else { throw fault("a `(` without its `)`") }
        return index.map { .group($0, node) } ?? node
    }

    private mutating func escape() throws(TemplateError) -> CharacterSet {
        switch take() {
        case "d": return .digit
        case "w": return .word
        case "s": return .blank
        case .some(let character) where !(character.isLetter || character.isNumber):
            return CharacterSet(ranges: [character...character])
        case .some, nil: throw fault("a `\\` that means nothing")
        }
    }

    private mutating func characterClass() throws(TemplateError) -> CharacterSet {
        var set = CharacterSet(ranges: [])
        set.isInverted = take("^")
        while let character = take(), character != "]" {
            if character == "\\" {
                set.ranges += try escape().ranges
            } else if next == "-", position + 1 < characters.count, characters[position + 1] != "]" {
                position += 1
                guard let end = take(), end >= character else {
                    throw fault("a range that ends before it begins")
                }
                set.ranges.append(character...end)
            } else {
                set.ranges.append(character...character)
            }
        }
        guard position > 0, characters[position - 1] == "]", !set.ranges.isEmpty else {
            throw fault("a `[` without its `]`, or nothing between them")
        }
        return set
    }

    private mutating func repetition(of atom: PatternNode) throws(TemplateError) -> PatternNode {
        switch next {
        case "?":
            position += 1
            return .repeated(atom, least: 0, most: 1)
        case "*":
            position += 1
            return .repeated(atom, least: 0, most: nil)
        case "+":
            position += 1
            return .repeated(atom, least: 1, most: nil)
        case "{":
            position += 1
            return try counted(atom)
        case .some, nil: return atom
        }
    }

    private mutating func counted(_ atom: PatternNode) throws(TemplateError) -> PatternNode {
        guard let least = number() else { throw fault("a `{` without a number") }
        var most: Int? = least
        if take(",") { most = next == "}" ? nil : number() }
        guard take("}"), least <= Pattern.limitSteps, (most ?? least) <= Pattern.limitSteps,
            (most ?? least) >= least
        else { throw fault("a repetition must be {n}, {n,} or {n,m}") }
        return .repeated(atom, least: least, most: most)
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let character = next, character.isASCII, character.isNumber, digits.count < 6 {
            digits.append(character)
            position += 1
        }
        return Int(digits)
    }
}
