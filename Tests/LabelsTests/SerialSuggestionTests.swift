import Labels
import TestSupport
import Testing

@Suite struct SerialSuggestionTests {
    private let expected = ["SN-000141", "SN-001141", "SN-001411", "SN-00042", "EM500-0001", "EM500-0002"]

    private func nearest(_ typed: String) -> [SerialSuggestion] {
        SerialSuggestion.nearest(to: typed, in: expected)
    }

    @Test func `an expected serial needs no suggestion`() {
        #expect(nearest("SN-001141") == [])
    }

    @Test(arguments: [
        ("SN-OOO42", "SN-00042", SerialSuggestion.Difference.looksAlike),
        ("sn 00042", "SN-00042", .looksAlike), ("SN-010141", "SN-001141", .swapped),
        ("SN-901411", "SN-001411", .oneOther), ("SN-0042", "SN-00042", .oneMissing),
        ("EM500-00013", "EM500-0001", .oneExtra),
    ]) func `one mistake leads to the serial that was meant`(
        _ typed: String, _ serial: String, _ difference: SerialSuggestion.Difference
    ) {
        #expect(nearest(typed).contains(SerialSuggestion(serial: serial, difference: difference)))
    }

    @Test func `the likeliest mistake comes first`() {
        #expect(nearest("SN-001I41").first == SerialSuggestion(serial: "SN-001141", difference: .looksAlike))
        #expect(nearest("SN-010411").first?.difference == .swapped)
    }

    @Test func `what differs more is not suggested`() {
        #expect(nearest("XY-777777") == [])
        #expect(nearest("") == [])
    }

    @Test func `at most five are given, however many are near`() {
        let many = (0..<1000).map { "SN-\(1000 + $0)" }
        let found = SerialSuggestion.nearest(to: "SN-1X00", in: many)
        #expect(found.count == 5)
        #expect(found.map(\.serial) == found.map(\.serial).sorted())
    }

    /// The definition, without cleverness: every edit tried out.
    @Test func `all that is one edit away is found`() {
        var random = SeededRandom(seed: 3)
        let letters = Array("AB1")
        for _ in 0..<200 {
            let typed = (0..<5).map { _ in letters.randomElement(using: &random) ?? "A" }
            var edits: Set<String> = []
            for index in 0...typed.count {
                for letter in letters {
                    edits.insert(String(typed[..<index]) + String(letter) + String(typed[index...]))
                    if index < typed.count {
                        edits.insert(String(typed[..<index]) + String(letter) + String(typed[(index + 1)...]))
                    }
                }
                if index < typed.count { edits.insert(String(typed[..<index] + typed[(index + 1)...])) }
            }
            for edit in edits where edit != String(typed) {
                #expect(SerialSuggestion.nearest(to: String(typed), in: [edit]).map(\.serial) == [edit])
            }
        }
    }

    @Test(arguments: [
        ("47110815", "4711 08 15"), ("SN-00042", "SN-000 42"), ("123456789", "1234 567 89"),
        ("EM500-0001", "EM 500-0001"), ("123", "123"),
        ("490154203237518", "4901 5420 3237 518"), ("001B44113AB7", "001B 4411 3A B7"), ("", ""),
        ("24060001234", "2406 0001 234"), ("A B", "A B"),
    ]) func `a serial is read out in pieces`(_ serial: String, _ spoken: String) {
        #expect(ReadBack.grouped(serial) == spoken)
    }

    @Test func `pieces hold every character of the serial`() {
        var random = SeededRandom(seed: 4)
        for _ in 0..<500 {
            let serial = String(
                (0..<Int.random(in: 0...20, using: &random)).map { _ in
                    "AB01-/._é".randomElement(using: &random) ?? "A"
                })
            #expect(ReadBack.grouped(serial).filter { $0 != " " } == serial)
        }
    }
}
