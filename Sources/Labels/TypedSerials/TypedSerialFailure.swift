package import Model

/// Why typed text is not taken for a serial, with what may have been meant.
package struct TypedSerialFailure: Error, Equatable, Sendable, Explained {
    package var error: LabelError
    /// Texts to offer, the likeliest first. A person chooses; none is ever applied by itself.
    package var suggestions: Redacted<[String]>

    init(_ error: LabelError, suggestions: [String] = []) {
        self.error = error
        self.suggestions = Redacted(suggestions)
    }

    package var explanation: Explanation {
        let hasSuggestions = !suggestions.unredacted.isEmpty
        let step =
            hasSuggestions
            ? "Compare the suggestions with the label and choose one, or type it again."
            : "Compare it with the label, character by character, and type it again."
        return Explanation(
            id: "typed_" + LabelFailure(format: nil, error: error).explanation.id.dropFirst("label_".count),
            what: "The serial was not taken: \(words: error.words.what).", nextStep: step)
    }
}
