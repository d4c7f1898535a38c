/// The two check characters at the end of a model number. Source: GS1 General Specifications, section 7.9.5.
enum GS1CharacterPair {
    private static let alphabet = Array(
        #"!"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"#)
    private static let checks = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    /// From the right: the weights of up to 23 characters.
    private static let primes = [
        2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83,
    ]

    static func verifies(_ text: some StringProtocol) -> Bool {
        let characters = Array(text)
        guard characters.count > 2, characters.count - 2 <= primes.count else { return false }
        var sum = 0
        for (character, weight) in zip(characters.dropLast(2).reversed(), primes) {
            guard let value = alphabet.firstIndex(of: character) else { return false }
            sum += value * weight
        }
        sum %= 1021
        return Array(characters.suffix(2)) == [checks[sum >> 5], checks[sum & 31]]
    }
}
