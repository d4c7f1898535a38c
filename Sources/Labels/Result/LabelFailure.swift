package import Model

/// Why a payload could not be understood. It holds nothing of the payload, which may be a secret.
package struct LabelFailure: Error, Equatable, Sendable, Explained {
    /// The format that the payload claims to be of; `nil` when none fits.
    package var format: String?
    package var error: LabelError

    package init(format: String?, error: LabelError) {
        self.format = format
        self.error = error
    }

    package var explanation: Explanation {
        let words = error.words
        let what: Sentence =
            if let format {
                "The code was read as \(format), but \(words: words.what)."
            } else {
                "The code was read, but \(words: words.what)."
            }
        return Explanation(
            id: "label_" + error.rawValue.snakeCase, what: what, nextStep: words.nextStep)
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
