import Model
import TargetCore
import Testing

@Suite struct PlacementHashTests {
    private static let names = (0..<10_000).map { "Meter-\($0)" }

    private func placed(_ rules: PlacementRules) -> [String: TargetID] {
        var placed: [String: TargetID] = [:]
        for name in Self.names { placed[name] = rules.answer(question(name)).target }
        return placed
    }

    private func rules(_ weights: KeyValuePairs<TargetID, Int>) -> PlacementRules {
        PlacementRules(.hashed, candidates: weights.map { PlacementCandidate($0.key, weight: $0.value) })
    }

    @Test func `targets have devices in proportion to their weights`() {
        let weights: KeyValuePairs<TargetID, Int> = ["a": 1, "b": 2, "c": 3, "d": 4, "e": 0]
        let counts = Dictionary(grouping: placed(rules(weights)).values) { $0 }.mapValues(\.count)
        // Four standard deviations of 10,000 draws, below 200 for every share.
        for (target, weight) in weights where weight > 0 {
            #expect(abs((counts[target] ?? 0) - weight * 1000) < 200, "\(target): \(counts)")
        }
        #expect(counts["e"] == nil)
    }

    @Test func `a target more takes its share from all others and moves nothing between them`() {
        let before = placed(rules(["a": 1, "b": 2, "c": 1]))
        let after = placed(rules(["a": 1, "d": 1, "b": 2, "c": 1]))
        let moved = Self.names.filter { before[$0] != after[$0] }
        #expect(moved.allSatisfy { after[$0] == "d" })
        #expect(abs(moved.count - 2000) < 160)
    }

    @Test func `a target that goes down or grows moves nothing between the others`() {
        let before = placed(rules(["a": 1, "b": 2, "c": 1]))
        var rules = rules(["a": 1, "b": 2, "c": 1])
        rules.change("b") { $0.standing = .down }
        let without = placed(rules)
        #expect(Self.names.allSatisfy { before[$0] == "b" ? without[$0] != "b" : before[$0] == without[$0] })
        rules.change("b") {
            $0.standing = .up
            $0.weight = 6
        }
        let grown = placed(rules)
        #expect(Self.names.allSatisfy { before[$0] == grown[$0] || grown[$0] == "b" })
    }

    @Test func `capitals, the order of the candidates and the day make no difference`() {
        let there = rules(["a": 1, "b": 2, "c": 1])
        let back = rules(["c": 1, "b": 2, "a": 1])
        for name in Self.names.prefix(500) {
            let answer = there.answer(question(name))
            #expect(answer.target == there.answer(question(name.uppercased())).target)
            #expect(answer.target == back.answer(question(name)).target)
            #expect(answer == there.answer(question(name)))
        }
    }

    /// The letters were reckoned with floating-point logarithms elsewhere.
    @Test func `places that have been given are given for ever`() {
        let rules = rules(["a": 1, "b": 2, "c": 1])
        let placed = (0..<16).map { rules.answer(question("meter-\($0)")).target?.rawValue ?? "-" }
        #expect(placed.joined() == "cbbbabacbbaaaaba")
    }

    @Test func `a digest that is too short still places`() {
        let digests = CloudDigests(sha256: { _ in [] }, hmacSHA256: { _, _ in [] })
        let answer = rules(["b": 1, "a": 1]).answer(to: question(), digests: digests)
        #expect(answer.target == "a")
    }
}
