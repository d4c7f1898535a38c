/// The German catalogue: every phrase of the screens, and explanations by their id.
///
/// What a person in the field says: short, plain, no "Sie" and no "du".
enum German {
    static let phrases: [Phrase: String] = [
        actions, settings, facts, capture, work, trust, links, proofs, confirming, signIn, reasons,
    ].joined(in: [:])

    /// Wordings by the id of the explanation.
    static let explanations: [String: [Wording]] =
        [
            problems, findings, labels, scanners, files, cameras, network, store, commands, requests, vault,
            handOvers, tpm, modules, connections, witnesses,
        ]
        .joined(
            in: [:])

    /// An explanation in another language. `{1}` … stand for the details of the explanation, in their order; one id can have
    /// several wordings, with more and with fewer of them.
    struct Wording {
        var what: String
        var nextStep: String

        init(_ what: String, _ nextStep: String) {
            self.what = what
            self.nextStep = nextStep
        }

        /// How many details the wording has a place for.
        var places: Int {
            (1...4).last { what.contains("{\($0)}") || nextStep.contains("{\($0)}") } ?? 0
        }
    }
}

extension [[Phrase: String]] {
    fileprivate func joined(in start: [Phrase: String]) -> [Phrase: String] {
        reduce(into: start) { $0.merge($1) { first, _ in first } }
    }
}

extension [[String: [German.Wording]]] {
    fileprivate func joined(in start: [String: [German.Wording]]) -> [String: [German.Wording]] {
        reduce(into: start) { $0.merge($1) { $0 + $1 } }
    }
}
