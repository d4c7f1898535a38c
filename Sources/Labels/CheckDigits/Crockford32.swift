/// Base 32 without the letters that look like digits. Source: D. Crockford, "Base 32".
enum Crockford32 {
    /// The 32 symbols, and five more that only a check symbol can be.
    static let checkSymbols: [Character] = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U")

    /// The symbol that a typed character means: any case, with `I` and `L` for 1 and `O` for 0; `nil` for
    /// none.
    static func symbol(_ character: Character) -> Character? {
        switch character.uppercased() {
        case "I", "L": return "1"
        case "O": return "0"
        case let upper:
            guard upper.count == 1, let symbol = upper.first, checkSymbols.prefix(32).contains(symbol) else {
                return nil
            }
            return symbol
        }
    }

    /// The check symbol that a typed character means; beside the others it may be one of `*~$=U`.
    static func checkSymbol(_ character: Character) -> Character? {
        if let symbol = symbol(character) { return symbol }
        return character.uppercased().first.flatMap { checkSymbols.contains($0) ? $0 : nil }
    }

    /// Whether the last symbol is the remainder of the number before it modulo 37. Hyphens do not count.
    static func verifies(_ text: String) -> Bool {
        let characters = text.filter { $0 != "-" }
        guard characters.count > 1, let last = characters.last.flatMap(checkSymbol),
            let check = checkSymbols.firstIndex(of: last)
        else { return false }
        var remainder = 0
        for character in characters.dropLast() {
            guard let value = symbol(character).flatMap({ checkSymbols.firstIndex(of: $0) }) else {
                return false
            }
            remainder = (remainder * 32 + value) % 37
        }
        return remainder == check
    }
}
