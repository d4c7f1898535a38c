import Foundation
import Model
import SyncCore
import Testing

@Suite struct OperationStateTests {
    /// What `Sources/OperationStates.md` lists: `state event` to the next state.
    private let documented: [String: String]

    init() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/OperationStates.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        let block = try #require(text.components(separatedBy: "```transitions\n").last)
        let list = try #require(block.components(separatedBy: "```").first)
        var documented: [String: String] = [:]
        for line in list.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            try #require(words.count == 3, "three words a line: \(line)")
            documented["\(words[0]) \(words[1])"] = words[2]
        }
        self.documented = documented
    }

    @Test func `every pair of state and event is as the page of states says`() {
        var seen = 0
        for state in OperationState.allCases {
            for event in OperationEvent.allCases {
                let listed = documented["\(state.rawValue) \(event.rawValue)"]
                switch state.after(event) {
                case .to(let next):
                    #expect(listed == next.rawValue, "\(state) after \(event)")
                    seen += 1
                case .refused: #expect(listed == nil, "\(state) after \(event)")
                }
            }
        }
        #expect(seen == documented.count)
    }

    @Test func `only a receipt leads to applied, and only from what was sent`() {
        for state in OperationState.allCases {
            for event in OperationEvent.allCases where state.after(event) == .to(.applied) {
                #expect([.receiptVerified, .foundApplied].contains(event))
                #expect([.inFlight, .inDoubt].contains(state))
            }
        }
    }

    @Test func `a rejection leaves its state through a person alone`() {
        let ways = OperationEvent.allCases.filter { OperationState.rejected.after($0) != .refused }
        #expect(Set(ways) == [.retried, .superseded, .withdrawn])
    }

    @Test func `what is on its way cannot be closed by a person`() {
        for state in [OperationState.inFlight, .inDoubt] {
            #expect(state.after(.withdrawn) == .refused)
            #expect(state.after(.superseded) == .refused)
        }
    }

    @Test func `every open state has a way to applied`() {
        var reaching: Set<OperationState> = [.applied]
        var grew = true
        while grew {
            let next = OperationState.allCases.filter { state in
                OperationEvent.allCases.contains { event in
                    if case .to(let target) = state.after(event) { reaching.contains(target) } else { false }
                }
            }
            grew = !Set(next).isSubset(of: reaching)
            reaching.formUnion(next)
        }
        for state in OperationState.allCases where state.isOpen { #expect(reaching.contains(state)) }
        #expect(!reaching.contains(.withdrawn))
    }

    @Test func `closed states never open again`() {
        for state in OperationState.allCases where !state.isOpen && state != .draft {
            for event in OperationEvent.allCases {
                if case .to(let next) = state.after(event) { #expect(!next.isOpen) }
            }
        }
    }

    @Test func `each mark has a symbol of its own and a word beside it`() {
        #expect(Set(OperationMark.allCases.map(\.symbol)).count == OperationMark.allCases.count)
        #expect(OperationState.queued.mark.symbol == "●")
        #expect(OperationState.inDoubt.mark.word == "sent")
        #expect(OperationState.applied.mark.symbol == "✓")
        #expect(OperationState.rejected.mark.word == "needs you")
    }
}
