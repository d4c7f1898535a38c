/// Passcodes that no device may have. Source: Matter Core Specification 1.3, section 5.1.7.1.
enum SetupPasscode {
    /// The passcode in eight digits.
    static func text(_ value: Int) throws(LabelFault) -> String {
        let digits = String(value)
        let text = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        guard value <= 99_999_998, !isTrivial(text) else { throw .forbiddenValue }
        return text
    }

    /// Whether eight digits are the first that anybody would try.
    static func isTrivial(_ digits: String) -> Bool {
        Set(digits).count == 1 || digits == "12345678" || digits == "87654321"
    }
}
