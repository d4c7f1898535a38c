import Labels
import Testing

@Suite struct CheckDigitTests {
    @Test(arguments: LabelVector.checkDigits)
    func `a check verifies what it should`(_ vector: LabelVector) throws {
        let algorithm = try #require(vector.context?.algorithm, "\(vector.id)")
        #expect(algorithm.verifies(vector.input) == vector.valid, "\(vector.id)")
    }

    @Test(arguments: CheckAlgorithm.allCases)
    func `what was completed verifies, and no single wrong digit does`(_ algorithm: CheckAlgorithm) throws {
        guard algorithm != .none else {
            #expect(algorithm.completed("1") == nil)
            return
        }
        let text = try #require(algorithm.completed("40821975"))
        #expect(algorithm.verifies(text))
        for index in text.indices {
            for digit in "0123456789" where digit != text[index] {
                let wrong = text[..<index] + String(digit) + text[text.index(after: index)...]
                #expect(!algorithm.verifies(String(wrong)), "\(wrong)")
            }
        }
    }

    @Test(arguments: [CheckAlgorithm.verhoeff, .damm, .mod97, .mod37Hybrid, .mod37, .crockford32])
    func `two neighbours swapped do not verify`(_ algorithm: CheckAlgorithm) throws {
        let text = Array(try #require(algorithm.completed("40821975")))
        for index in text.indices.dropLast() where text[index] != text[index + 1] {
            var swapped = text
            swapped.swapAt(index, index + 1)
            #expect(!algorithm.verifies(String(swapped)), "\(String(swapped))")
        }
    }

    @Test(arguments: CheckAlgorithm.allCases)
    func `no text is too odd for an answer`(_ algorithm: CheckAlgorithm) {
        for text in ["", "-", "*", "0", "ß", "１２３", "\u{0}\u{1F}", String(repeating: "9", count: 7089)] {
            _ = algorithm.verifies(text)
            _ = algorithm.completed(text)
        }
        #expect(algorithm == .none || !algorithm.verifies(""))
    }

    @Test func `a check that only modulo 37-2 has may be a star`() throws {
        let starred = try #require(
            (0..<5000).lazy.map { "A\($0)*" }.first(where: CheckAlgorithm.mod37.verifies))
        #expect(CheckAlgorithm.mod37.completed(String(starred.dropLast())) == starred)
    }
}
