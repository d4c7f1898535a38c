/// Check characters over digits and capital letters. Source: ISO/IEC 7064:2003.
enum CheckCharacters {
    static let alphabet: [Character] = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*")

    /// Modulo 97-10: letters become two digits, A = 10 to Z = 35, and the whole is 1 modulo 97.
    static func isModulo97(_ text: String) -> Bool {
        guard let values = values(text, below: 36), values.count > 2, text.suffix(2).isAllDigits else {
            return false
        }
        return values.reduce(0) { ($1 < 10 ? $0 * 10 + $1 : $0 * 100 + $1) % 97 } == 1
    }

    /// Modulo 37,36: one check character of the alphabet itself.
    static func isModulo37Hybrid(_ text: String) -> Bool {
        guard let values = values(text, below: 36), let last = values.last, values.count > 1 else {
            return false
        }
        let product = values.dropLast().reduce(36) { carried, value in
            let sum = (carried + value) % 36
            return (sum == 0 ? 36 : sum) * 2 % 37
        }
        return (product + last) % 36 == 1
    }

    /// Modulo 37-2: one check character, which alone may be `*`.
    static func isModulo37(_ text: String) -> Bool {
        guard let last = text.last.flatMap({ alphabet.firstIndex(of: $0) }),
            let values = values(String(text.dropLast()), below: 36), !values.isEmpty
        else { return false }
        return (values + [last]).reduce(0) { ($0 * 2 + $1) % 37 } == 1
    }

    private static func values(_ text: String, below limit: Int) -> [Int]? {
        var values: [Int] = []
        for character in text {
            guard let value = alphabet.firstIndex(of: character), value < limit else { return nil }
            values.append(value)
        }
        return values
    }
}
