import Model
import Screens
import Testing

@Suite struct LanguageTests {
    @Test(arguments: Language.allCases) func `every phrase has its placeholders in every language`(
        _ language: Language
    ) {
        for phrase in Phrase.allCases {
            let said = language.say(phrase)
            for number in 1...3 {
                let placeholder = "{\(number)}"
                #expect(said.contains(placeholder) == phrase.rawValue.contains(placeholder), "\(phrase)")
            }
            #expect(!said.isEmpty)
        }
    }

    @Test func `an argument is put in as it is and never looked into`() {
        #expect(Language.english.say(.labelWarning, "{1} {2}") == "Odd about the label: {1} {2}")
        #expect(Language.english.say(.exportedTo, "{2}", "file") == "{2} operations are in file")
    }

    @Test(arguments: [
        ("de_CH.UTF-8", Language.german), ("en_GB", .english), ("C.UTF-8", .english), ("", .english),
    ])
    func `the locale chooses`(_ locale: String, _ language: Language) {
        #expect(Language(locale: locale) == language)
    }
}
