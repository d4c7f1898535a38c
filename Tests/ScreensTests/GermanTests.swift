import Canvas
import Model
import Screens
import Testing

/// The German catalogue is whole: no word and no detail of the English one is missing.
@Suite struct GermanTests {
    /// What is the same word in both languages.
    private static let same: Set<Phrase> = [
        .keyEnter, .keySuspend, .actionCalibrate, .networkOnline, .networkOffline, .factFormat, .factCode,
        .linearEnter,
    ]

    @Test func `every phrase is said in German`() {
        for phrase in Phrase.allCases where Language.german.say(phrase) == Language.english.say(phrase) {
            #expect(Self.same.contains(phrase), "\(phrase): \(phrase.rawValue)")
        }
    }

    @Test(arguments: Language.allCases) func `names on buttons are short`(_ language: Language) {
        for action in Action.allCases {
            let name = language.say(action.name)
            #expect(CellWidth.of(name) <= 14, "\(name)")
        }
    }

    @Test(arguments: Explanations.all) func `every explanation is said in German, with all its details`(
        _ english: Explanation
    ) {
        let german = Language.german.explain(english)
        #expect(german.id == english.id)
        #expect(german.what != english.what && german.nextStep != english.nextStep, "\(english)")
        let said = german.what + german.nextStep
        for detail in english.details where !Explanations.ownWords.contains(detail) {
            #expect(said.contains(detail), "\(detail) is missing in: \(said)")
        }
        for number in 1...4 { #expect(!said.contains("{\(number)}"), "\(said)") }
        for detail in Explanations.ownWords { #expect(!said.contains(detail), "\(said)") }
    }

    @Test func `an explanation that was said in German stays so`() {
        for explanation in Explanations.all {
            let once = Language.german.explain(explanation)
            #expect(Language.german.explain(once).what == once.what)
        }
    }

    @Test func `what a registrar adds in its own words follows in brackets`() {
        let problem = Problem(.notAuthorised, detail: "You may not do this at site oslo-1.")
        let said = Language.german.explain(problem.explanation)
        #expect(said.what == "Das ist hier nicht erlaubt. (You may not do this at site oslo-1.)")
    }

    @Test func `an explanation of which the catalogue knows nothing is left as it is`() {
        let strange = Explanation(id: "from_the_future", what: "It is \(1).", nextStep: "Go on.")
        #expect(Language.german.explain(strange) == strange)
    }

    @Test(arguments: [
        ("Claim SN-1", "Übernahme von SN-1"), ("Certificate for {1}", "Zertifikat für {1}"),
        ("Place GW at home at oslo-1, rack-3", "GW at home an oslo-1, rack-3"),
        ("Release SN-1", "Freigabe von SN-1"),
        ("Revoke the certificate of SN-1", "Widerruf des Zertifikats von SN-1"),
        ("Note on SN-1", "Notiz zu SN-1"),
        (
            "Ask the target of SN-1 whether it has seen it",
            "Frage an das Ziel von SN-1, ob es das Gerät gesehen hat"
        ),
        ("Polish SN-1", "Polish SN-1"),
    ]) func `summaries of operations are told in German`(_ summary: String, _ german: String) {
        #expect(Language.german.retell(summary: summary) == german)
        #expect(Language.english.retell(summary: summary) == summary)
    }

    @Test(
        arguments: [
            "home", "batch", "check-findings", "outbox", "done", "settings", "hand-over-running",
            "hand-over-new-key", "verify-failed", "verify-interrupt", "verify-waits", "verify-target-failed",
            "confirm-interrupt", "verify-way-ready", "confirm-revoke", "sign-in-limited",
        ],
        [Size.usual, Size.smallest])
    func `the screen is as it was read, in German`(_ name: String, _ size: Size) throws {
        let scene = try #require(Scene.all.first { $0.name == name })
        let stage = Stage(size, language: .german)
        scene.enact(stage)
        stage.expect("german-\(name)")
    }
}
