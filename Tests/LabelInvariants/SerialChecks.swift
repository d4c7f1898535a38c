import Labels
import Model

/// Serials that somebody typed, check digits, and what is suggested instead.
enum SerialChecks {
    /// A byte for the alphabet, one for the check, a line that was typed, lines with expected serials.
    static func check(_ bytes: [UInt8]) throws(Violation) {
        guard bytes.count >= 2 else { return }
        let alphabets = SerialAlphabet.allCases
        let checks = CheckAlgorithm.allCases
        let alphabet = alphabets[Int(bytes[0]) % alphabets.count]
        let check = checks[Int(bytes[1]) % checks.count]
        let lines = bytes.dropFirst(2).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        try checkTyped(lines[0], alphabet, check)
        try checkCompletion(lines[0], check)
        try checkSuggestions(lines[0], Array(lines.dropFirst()))
        try checkReadBack(lines[0])
    }

    private static func checkTyped(
        _ text: String, _ alphabet: SerialAlphabet, _ check: CheckAlgorithm
    ) throws(Violation) {
        let result = TypedSerial.read(text, alphabet: alphabet, check: check)
        try require(
            result == TypedSerial.read(text, alphabet: alphabet, check: check),
            "is understood differently the second time")
        switch result {
        case .success(let serial):
            try require(check.verifies(serial.value), "\(serial.value) does not verify by \(check)")
            try require(!(alphabet.isSecret && serial.isCorrected), "a secret was changed")
            try require(
                !alphabet.isSecret || !"\(serial)".contains(serial.value), "a secret is printed")
            let again = TypedSerial.read(serial.value, alphabet: alphabet, check: check)
            try require(
                (try? again.get())?.value == serial.value,
                "\(serial.value) is not itself by \(alphabet): \(again)")
        case .failure(let failure):
            try require(
                failure.explanation.id.hasPrefix("typed_"), "\(failure.error) does not explain itself")
            guard failure.error == .badCheckDigit else { return }
            for suggestion in failure.suggestions.unredacted {
                try require(
                    check.verifies(suggestion), "the suggestion \(suggestion) does not verify by \(check)")
            }
        }
    }

    /// With the check characters that belong to it, a text verifies, and in one way only.
    private static func checkCompletion(_ text: String, _ check: CheckAlgorithm) throws(Violation) {
        _ = check.verifies(text)
        guard let completed = check.completed(text) else { return }
        try require(
            completed.hasPrefix(text) && check.verifies(completed), "\(completed) does not verify by \(check)"
        )
    }

    private static func checkSuggestions(_ typed: String, _ expected: [String]) throws(Violation) {
        let suggestions = SerialSuggestion.nearest(to: typed, in: expected)
        try require(suggestions == SerialSuggestion.nearest(to: typed, in: expected), "suggests differently")
        try require(suggestions.count <= SerialSuggestion.limit, "too many suggestions")
        try require(
            suggestions.allSatisfy { expected.contains($0.serial) }, "suggests what nobody expects")
        if expected.contains(typed) {
            try require(suggestions.allSatisfy { $0.serial != typed }, "suggests what was typed")
        }
    }

    /// Read out in pieces, it is still the same serial.
    private static func checkReadBack(_ serial: String) throws(Violation) {
        guard serial.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return }
        try require(
            ReadBack.grouped(serial).filter { $0 != " " } == serial.filter { $0 != " " },
            "\(serial) is read out as \(ReadBack.grouped(serial))")
    }
}
