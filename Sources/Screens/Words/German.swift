/// The German catalogue: every phrase of the screens, and explanations by their id.
enum German {
    static let phrases: [Phrase: String] = [:]

    static let explanations: [String: (what: String, nextStep: String)] = [:]
}
