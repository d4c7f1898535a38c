/// A pattern that is matched against a whole text in time proportional to its length: no backtracking, so
/// that no label can make a template slow.
///
/// What it knows of regular expressions: literals, `.`, classes `[a-z]` and `[^a-z]`, `\d \w \s` and escaped
/// signs, groups `( )`, `(?: )` and `(?<name> )`, alternatives `|`, and the repetitions `? * + {n} {n,}
/// {n,m}`.
struct Pattern: Equatable, Sendable {
    /// Steps of the program that a pattern may become.
    static let limitSteps = 4096
    /// Named groups that a pattern may have: each is noted on every way through the pattern.
    static let limitGroups = 64

    private let program: [Step]
    private let names: [String]

    init(_ text: String) throws(TemplateError) {
        var parser = PatternParser(text)
        let tree = try parser.parse()
        names = parser.names
        guard names.count <= Self.limitGroups else { throw .tooLarge }
        var compiler = PatternCompiler()
        try compiler.emit(tree)
        program = compiler.steps + [.accept]
    }

    /// One instruction of the machine that matches.
    enum Step: Equatable, Sendable {
        case take(CharacterSet)
        /// Goes on in both places; the first is preferred.
        case fork(Int, Int)
        case jump(Int)
        /// Notes the place in the text: even slots begin a group, odd ones end it.
        case mark(Int)
        case accept
    }

    /// The named groups when the whole text matches.
    func match(_ text: String) -> [String: String]? {
        let characters = Array(text)
        var threads = Threads(count: program.count)
        add(0, [Int](repeating: -1, count: names.count * 2), at: 0, to: &threads)
        for (index, character) in characters.enumerated() {
            var next = Threads(count: program.count)
            for (step, marks) in threads.list {
                if case .take(let set) = program[step], set.contains(character) {
                    add(step + 1, marks, at: index + 1, to: &next)
                }
            }
            if next.list.isEmpty { return nil }
            threads = next
        }
        guard let marks = threads.list.first(where: { program[$0.step] == .accept })?.marks else {
            return nil
        }
        var groups: [String: String] = [:]
        for (index, name) in names.enumerated() where marks[index * 2] >= 0 && marks[index * 2 + 1] >= 0 {
            groups[name] = String(characters[marks[index * 2]..<marks[index * 2 + 1]])
        }
        return groups
    }

    /// The places of the program that are tried at once, the preferred first, each only once.
    private struct Threads {
        var list: [(step: Int, marks: [Int])] = []
        private var seen: [Bool]

        init(count: Int) {
            seen = [Bool](repeating: false, count: count)
        }

        mutating func enter(_ step: Int) -> Bool {
            if seen[step] { return false }
            seen[step] = true
            return true
        }
    }

    /// Follows everything that takes no character, without recursion: programs can be deep.
    private func add(_ start: Int, _ marks: [Int], at position: Int, to threads: inout Threads) {
        var stack = [(step: start, marks: marks)]
        while let (step, marks) = stack.popLast() {
            guard threads.enter(step) else { continue }
            switch program[step] {
            case .take, .accept: threads.list.append((step, marks))
            case .jump(let target): stack.append((target, marks))
            case .fork(let first, let second):
                stack.append((second, marks))
                stack.append((first, marks))
            case .mark(let slot):
                var marks = marks
                marks[slot] = position
                stack.append((step + 1, marks))
            }
        }
    }
}

/// Which characters a place of a pattern takes.
struct CharacterSet: Equatable, Sendable {
    var ranges: [ClosedRange<Character>]
    var isInverted = false

    func contains(_ character: Character) -> Bool {
        ranges.contains { $0.contains(character) } != isInverted
    }

    static let any = CharacterSet(ranges: ["\n"..."\n"], isInverted: true)
    static let digit = CharacterSet(ranges: ["0"..."9"])
    static let word = CharacterSet(ranges: ["0"..."9", "A"..."Z", "_"..."_", "a"..."z"])
    static let blank = CharacterSet(ranges: ["\t"..."\t", "\n"..."\n", "\r"..."\r", " "..." "])
}

/// A pattern as a tree.
indirect enum PatternNode: Equatable {
    case empty
    case set(CharacterSet)
    case sequence([PatternNode])
    case either([PatternNode])
    case group(Int, PatternNode)
    case repeated(PatternNode, least: Int, most: Int?)
}

/// Writes a tree out as steps.
struct PatternCompiler {
    private(set) var steps: [Pattern.Step] = []
    /// Nodes written out so far; repetitions of nothing write no step, and have to end all the same.
    private var work = 0

    private static let limitWork = 8 * Pattern.limitSteps

    mutating func emit(_ node: PatternNode) throws(TemplateError) {
        work += 1
        guard work <= Self.limitWork else { throw .tooLarge }
        switch node {
        case .empty: break
        case .set(let set): try append(.take(set))
        case .sequence(let nodes): for node in nodes { try emit(node) }
        case .either(let nodes): try emit(alternatives: nodes[...])
        case .group(let index, let node):
            try append(.mark(index * 2))
            try emit(node)
            try append(.mark(index * 2 + 1))
        case .repeated(let node, let least, let most):
            for _ in 0..<least { try emit(node) }
            if let most { try emit(optional: node, count: most - least) } else { try emit(loop: node) }
        }
    }

    private mutating func emit(alternatives nodes: ArraySlice<PatternNode>) throws(TemplateError) {
        guard let first = nodes.first else { return }
        guard nodes.count > 1 else { return try emit(first) }
        let fork = steps.count
        try append(.fork(fork + 1, 0))
        try emit(first)
        let jump = steps.count
        try append(.jump(0))
        steps[fork] = .fork(fork + 1, steps.count)
        try emit(alternatives: nodes.dropFirst())
        steps[jump] = .jump(steps.count)
    }

    private mutating func emit(optional node: PatternNode, count: Int) throws(TemplateError) {
        var forks: [Int] = []
        for _ in 0..<count {
            forks.append(steps.count)
            try append(.fork(steps.count + 1, 0))
            try emit(node)
        }
        for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
    }

    private mutating func emit(loop node: PatternNode) throws(TemplateError) {
        let fork = steps.count
        try append(.fork(fork + 1, 0))
        try emit(node)
        try append(.jump(fork))
        steps[fork] = .fork(fork + 1, steps.count)
    }

    private mutating func append(_ step: Pattern.Step) throws(TemplateError) {
        guard steps.count < Pattern.limitSteps else { throw .tooLarge }
        steps.append(step)
    }
}
