/// Finds out that a text came through the wrong keyboard layout or Caps Lock.
///
/// It never repairs: a repaired serial that nobody checked is worse than none.
struct GarbledText {
    /// Whether a payload, without AIM identifier, is of a known kind.
    var isKnown: (String) -> Bool
    /// The layout of the machine, when that is settled.
    var machine: KeyboardLayout?

    /// What is wrong with the text; `nil` when nothing speaks against it.
    func failure(of text: String) -> WedgeFailure? {
        guard !isPayload(text) else { return nil }
        if isPayload(text.caseSwapped) { return .capsLock }
        for (scanner, machine) in pairs {
            guard let meant = machine.meant(text, by: scanner), meant != text else { continue }
            if isPayload(meant) || isPayload(meant.caseSwapped) || isSerial(meant, behind: text) {
                return .layoutMismatch(scanner: scanner, machine: machine)
            }
        }
        return nil
    }

    private func isPayload(_ text: String) -> Bool {
        isKnown(text) || AIMIdentifier.split(text).map { isKnown($0.rest) } ?? false
    }

    /// Scanners leave the factory as US; each other layout is tried against it, both ways.
    private var pairs: [(scanner: KeyboardLayout, machine: KeyboardLayout)] {
        let others = KeyboardLayout.allCases.filter { $0 != .us }
        let all =
            others.map { (scanner: KeyboardLayout.us, machine: $0) }
            + others.map { (scanner: $0, machine: KeyboardLayout.us) }
        return all.filter { machine == nil || $0.machine == machine }
    }

    /// Capital letters and digits with an `ß` between them: no serial has one, but a dash becomes it.
    private func isSerial(_ meant: String, behind text: String) -> Bool {
        let parts = text.split(separator: "ß", omittingEmptySubsequences: false)
        return parts.count > 1 && meant.contains("-") && meant.contains { $0.isNumber }
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
            }
    }
}
