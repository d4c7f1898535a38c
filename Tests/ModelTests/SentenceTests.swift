import Model
import Testing

@Suite struct SentenceTests {
    @Test func `what is filled into a sentence is remembered in its order`() {
        let sentence: Sentence = "Operation \(7) waits for " + "\("GW-1")."
        #expect(sentence.text == "Operation 7 waits for GW-1.")
        #expect(sentence.details == ["7", "GW-1"])
    }

    @Test func `words and sentences within a sentence are parts of it`() {
        let inner: Sentence = "`\("x")` is \(words: "no number")"
        let sentence: Sentence = "Nothing was done: \(inner)."
        #expect(sentence.text == "Nothing was done: `x` is no number.")
        #expect(sentence.details == ["x"])
    }

    @Test func `an explanation keeps the details of what it says`() {
        let explanation = Explanation(id: "path_missing", what: "\("/a") is not there", nextStep: "Look.")
        #expect(explanation.what == "/a is not there" && explanation.details == ["/a"])
    }

    @Test func `a problem in the usual words has no details, another has its own words as one`() {
        #expect(Problem(.notFound).explanation.details.isEmpty)
        #expect(Problem(.notFound, detail: "No job J-1.").explanation.details == ["No job J-1."])
    }
}
