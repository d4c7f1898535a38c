package import Model

/// Why a payload could not be understood. It holds nothing of the payload, which may be a secret.
package struct LabelFailure: Error, Equatable, Sendable, Explained {
    /// The format that the payload claims to be of; `nil` when none fits.
    package var format: String?
    package var fault: LabelFault

    package var error: LabelError { fault.error }

    package init(format: String?, error: LabelError) {
        self.init(format: format, fault: LabelFault(error))
    }

    package init(format: String?, fault: LabelFault) {
        self.format = format
        self.fault = fault
    }

    package var explanation: Explanation {
        let words = error.words
        let what: Sentence =
            if let format = format.map(FormatWords.name) {
                "The code was read as \(format), but \(words: words.what)\(place)."
            } else {
                "The code was read, but \(words: words.what)."
            }
        return Explanation(
            id: "label_" + error.rawValue.snakeCase, what: what, nextStep: words.nextStep)
    }

    /// What is wrong and where, without more words.
    package var reason: String { (Sentence(stringLiteral: error.words.what) + place).text }

    /// In brackets; empty where the place is not known.
    private var place: Sentence {
        guard let position = fault.position else {
            guard let part = fault.part else { return "" }
            return " (\(FieldWords.name(of: part)))"
        }
        let part = fault.part.map(FieldWords.name) ?? "code"
        switch (error, fault.expected) {
        case (.badLength, let expected?):
            return " (\(part): \(position) characters, must be \(expected))"
        case (_, let expected?): return " (\(part), character \(position): must be \(expected))"
        case (_, nil): return " (\(part), character \(position))"
        }
    }
}

extension String {
    /// `badCheckDigit` as `bad_check_digit`.
    fileprivate var snakeCase: String {
        var text = ""
        var wasUpper = true
        for character in self {
            if character.isUppercase, !wasUpper { text.append("_") }
            text += character.lowercased()
            wasUpper = character.isUppercase
        }
        return text
    }
}
