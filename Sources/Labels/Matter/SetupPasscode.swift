/// Passcodes that no device may have. Source: Matter Core Specification 1.3, section 5.1.7.1.
enum SetupPasscode {
    /// The passcode in eight digits.
    static func text(_ value: Int) throws(LabelError) -> String {
        let digits = String(value)
        let text = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        guard value <= 99_999_998, Set(text).count > 1, text != "12345678", text != "87654321" else {
            throw .forbiddenValue
        }
        return text
    }
}
