/// Which PINs are good enough where a TPM counts the wrong ones. Source: NIST SP 800-63B, sections 3.2.2 and 3.1.1.2 (at least
/// six characters, common ones refused).
package enum PINRules {
    package static let leastCharacters = 6

    /// What is wrong with a PIN, as the end of "it must …"; `nil` for a good one.
    package static func objection(to bytes: some Collection<UInt8>) -> String? {
        guard bytes.count >= leastCharacters, bytes.count < VaultRules.leastBytes else {
            return "have \(leastCharacters) to \(VaultRules.leastBytes - 1) characters"
        }
        let steps = Set(zip(bytes, bytes.dropFirst()).map { Int($1) - Int($0) })
        guard steps.count > 1 || ![0, 1, -1].contains(steps.first ?? 0) else {
            return "not be one character over and over, nor a row"
        }
        return common.contains { $0.utf8.elementsEqual(bytes) }
            ? "not be one of those that everybody tries first" : nil
    }

    /// Those that are tried first, beside rows and repeats.
    private static let common: Set<String> = [
        "121212", "112233", "123123", "123321", "159753", "147258", "258369", "789456", "246810", "101010",
        "102030", "131313", "142536", "232323", "696969", "123654", "112358", "314159", "271828", "987123",
    ]
}
