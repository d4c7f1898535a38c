/// The three characters by which a scanner names the kind of symbol. Source: ISO/IEC 15424.
enum AIMIdentifier {
    /// The modifiers that each letter has; a bracket with anything else behind it is data.
    private static let modifiers: [Character: String] = [
        "A": "01234567", "C": "0124", "d": "0123456", "E": "01234", "e": "0123", "F": "0124",
        "G": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "I": "013", "J": "012345", "L": "012345",
        "Q": "0123456", "U": "0123", "X": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "z": "0123456789ABC",
    ]

    /// The identifier at the beginning of a text, and what follows; `nil` when there is none.
    static func split(_ text: String) -> (identifier: String, rest: String)? {
        let head = Array(text.prefix(3))
        guard head.count == 3, head[0] == "]", modifiers[head[1]]?.contains(head[2]) == true else {
            return nil
        }
        return (String(head), String(text.dropFirst(3)))
    }
}
