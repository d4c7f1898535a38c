/// A rule that a payload breaks, and where. It holds nothing of the payload, which may be a secret.
package struct LabelFault: Error, Equatable, Sendable {
    package var error: LabelError
    /// The part of the payload that is concerned, by the name of its field; `nil` for the whole.
    package private(set) var part: String?
    /// The first character concerned, counted from 1 within the part; for `badLength` how many there are.
    package private(set) var position: Int?
    /// What has to stand there, such as `4`, or how many characters, such as `19–20`; never given for secrets.
    package private(set) var expected: String?

    package init(
        _ error: LabelError, part: String? = nil, position: Int? = nil, expected: String? = nil
    ) {
        self.error = error
        self.part = part
        self.position = position
        self.expected = expected
    }

    /// The same, said of a part; a part that is named already stays.
    func of(_ part: String) -> LabelFault {
        guard self.part == nil else { return self }
        var named = self
        named.part = part
        // What a secret should be is not said either.
        if part.hasPrefix("secret.") { named.expected = nil }
        return named
    }

}

extension LabelFault {
    static let badStructure = LabelFault(.badStructure)
    static let badLength = LabelFault(.badLength)
    static let badCharset = LabelFault(.badCharset)
    static let badCheckDigit = LabelFault(.badCheckDigit)
    static let badChecksum = LabelFault(.badChecksum)
    static let badDate = LabelFault(.badDate)
    static let outOfRange = LabelFault(.outOfRange)
    static let forbiddenValue = LabelFault(.forbiddenValue)
    static let missingField = LabelFault(.missingField)
    static let missingKey = LabelFault(.missingKey)
    static let emptyValue = LabelFault(.emptyValue)
    static let duplicate = LabelFault(.duplicate)
    static let unknownIdentifier = LabelFault(.unknownIdentifier)
    static let unsupportedVersion = LabelFault(.unsupportedVersion)
    static let unsupportedKey = LabelFault(.unsupportedKey)
    static let unsupportedCritical = LabelFault(.unsupportedCritical)
    static let badQualifier = LabelFault(.badQualifier)
    static let notGS1 = LabelFault(.notGS1)
    static let unrecognised = LabelFault(.unrecognised)
    static let empty = LabelFault(.empty)
    static let ambiguous = LabelFault(.ambiguous)
    static let noMatch = LabelFault(.noMatch)

    /// So many characters where another number has to stand.
    static func badLength(_ count: Int, expected: String) -> LabelFault {
        LabelFault(.badLength, position: count, expected: expected)
    }

    static func badLength(_ count: Int, expected: ClosedRange<Int>) -> LabelFault {
        let (least, most) = (expected.lowerBound, expected.upperBound)
        return badLength(count, expected: least == most ? "\(least)" : "\(least)–\(most)")
    }

    /// The first character of the text that is not one of those allowed; `nil` when all are.
    static func badCharset(
        in text: some StringProtocol, expected: String? = nil, allowed: (Character) -> Bool
    ) -> LabelFault? {
        text.firstIndex { !allowed($0) }.map { index in
            LabelFault(
                .badCharset, position: text.distance(from: text.startIndex, to: index) + 1, expected: expected
            )
        }
    }

    /// A check digit at the end of the text that does not fit.
    static func badCheckDigit(of text: some StringProtocol, expected: String?) -> LabelFault {
        LabelFault(.badCheckDigit, position: text.count, expected: expected)
    }
}
