/// A sentence that remembers what was filled into it, so that it can be said in another language.
///
/// It is written as a string literal; every `\(value)` in it becomes one detail. `\(words: text)` fills in a part of the
/// sentence itself.
package struct Sentence: ExpressibleByStringInterpolation, Equatable, Sendable {
    package private(set) var text: String
    /// Names, numbers, paths and reasons, in the order in which they stand in the text.
    package private(set) var details: [String]

    package init(_ text: String, details: [String]) {
        self.text = text
        self.details = details
    }

    package init(stringLiteral text: String) {
        self.text = text
        details = []
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        details = stringInterpolation.details
    }

    package static func + (left: Sentence, right: Sentence) -> Sentence {
        var sum = left
        sum.text += right.text
        sum.details += right.details
        return sum
    }

    /// Collects the parts of a literal.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var details: [String] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ value: some Any) {
            let detail = String(describing: value)
            text += detail
            details.append(detail)
        }

        /// A sentence within a sentence gives its own details.
        package mutating func appendInterpolation(_ sentence: Sentence) {
            text += sentence.text
            details += sentence.details
        }

        package mutating func appendInterpolation(words: String) {
            text += words
        }
    }
}
