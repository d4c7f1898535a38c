import Labels
import Model
import TestSupport
import Testing

@Suite struct TypedSerialTests {
    private func suggestions(
        _ text: String, _ alphabet: SerialAlphabet, _ check: CheckAlgorithm = .none
    ) -> [String] {
        guard case .failure(let failure) = TypedSerial.read(text, alphabet: alphabet, check: check) else {
            return []
        }
        return failure.suggestions.unredacted
    }

    @Test(arguments: LabelVector.typed)
    func `what was typed means what it should`(_ vector: LabelVector) throws {
        let alphabet = try #require(vector.context?.alphabet, "\(vector.id)")
        let check = try #require(vector.context?.check, "\(vector.id)")
        switch TypedSerial.read(vector.input, alphabet: alphabet, check: check) {
        case .success(let serial):
            #expect(vector.valid, "\(vector.id): not refused with \(vector.errors ?? [])")
            #expect(serial.value == vector.expect?["value"]?.text, "\(vector.id)")
            #expect(String(serial.isCorrected) == vector.expect?["autocorrected"]?.text, "\(vector.id)")
        case .failure(let failure):
            #expect(!vector.valid, "\(vector.id): refused with \(failure.error)")
            #expect(vector.errors == [failure.error.rawValue], "\(vector.id)")
        }
    }

    @Test func `two neighbours swapped are suggested and not applied`() {
        #expect(suggestions("490154203237581", .digits, .luhn).contains("490154203237518"))
    }

    @Test func `a look-alike of the alphabet is suggested when the check proves it`() {
        #expect(suggestions("EM5OOA7", .alnum36, .mod37Hybrid).contains("EM500A7"))
        #expect(suggestions("EM5OOA7", .alnum36, .mod37Hybrid).count <= SerialSuggestion.limit)
    }

    @Test func `a secret is offered, never changed`() {
        #expect(suggestions("JO1NU5", .threadPSKd) == ["J01NU5"])
        #expect(suggestions("JO1NÜ5", .threadPSKd) == [])
        #expect(suggestions("j01nu5", .threadPSKd) == [])
    }

    @Test func `a secret is not printed`() throws {
        let secret = try TypedSerial.read("J01NU5", alphabet: .threadPSKd).get()
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!"\(secret)\(String(reflecting: secret))\(dumped)".contains("J01NU5"))
        guard case .failure(let failure) = TypedSerial.read("JO1NU5", alphabet: .threadPSKd) else { return }
        #expect(!"\(failure) \(failure.explanation)".contains("1NU5"))
    }

    @Test func `a check settles a character that looks like several`() throws {
        let whole = try #require(CheckAlgorithm.mod37.completed("0A6C"))
        let typed = whole.replacing("6", with: "G")
        let reading = TypedSerial.read(typed, alphabet: .hex, check: .mod37)
        if let serial = try? reading.get() {
            #expect(serial.value == whole)
            #expect(serial.isCorrected)
        } else {
            #expect(suggestions(typed, .hex, .mod37).contains(whole), "both readings verify")
        }
    }

    @Test(arguments: [
        ("", SerialAlphabet.digits, LabelError.empty), ("12X4", .digits, .badCharset),
        ("0T", .hex, .badCharset), ("A*B", .alnum36, .badCharset), ("J01NU", .threadPSKd, .badLength),
        (String(repeating: "1", count: 200), .digits, .badLength),
    ]) func `what cannot be is told why`(_ text: String, _ alphabet: SerialAlphabet, _ error: LabelError) {
        guard case .failure(let failure) = TypedSerial.read(text, alphabet: alphabet) else {
            Issue.record("\(text) was taken")
            return
        }
        #expect(failure.error == error)
        #expect(failure.explanation.id.hasPrefix("typed_"))
    }

    @Test func `leading zeros and the case of a free serial stay`() throws {
        #expect(try TypedSerial.read("007", alphabet: .digits).get().value == "007")
        #expect(try TypedSerial.read(" aB-0O ", alphabet: .free).get().value == "aB-0O")
    }

    @Test func `any text is answered in every alphabet`() {
        var random = SeededRandom(seed: 18)
        for _ in 0..<40 {
            let text = String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...48, using: &random)).compactMap { _ in
                        Unicode.Scalar(UInt32.random(in: 0...0x17F, using: &random))
                    }))
            for alphabet in SerialAlphabet.allCases {
                for check in CheckAlgorithm.allCases {
                    guard let serial = try? TypedSerial.read(text, alphabet: alphabet, check: check).get()
                    else { continue }
                    #expect(check.verifies(serial.value))
                }
            }
        }
    }
}
