internal import CTPM

/// How a TPM stands with wrong PINs. The numbers are the machine's: every program that asks the TPM for a PIN shares
/// them, and they outlive restarts.
package struct TPMStanding: Equatable, Sendable {
    /// Who made it, in up to four letters: `INTC`, `IFX`, `IBM` for an emulated one.
    package var maker: String
    /// A right PIN does not set it back; time does. A loss of power after a PIN was used can add one.
    package var failedTries: Int
    /// How many failed tries lock it.
    package var mostTries: Int
    /// After which time of running one failed try is forgotten; `nil`: never.
    package var secondsPerTry: Int?
    package var isLockedOut: Bool

    package var triesLeft: Int { isLockedOut ? 0 : max(0, mostTries - failedTries) }
}

extension TPM {
    /// Asks the TPM how it stands; changes nothing.
    package func standing() throws(TPMError) -> TPMStanding {
        var raw = ctpm_standing()
        try check(ctpm_look(address.text, &raw))
        let letters = withUnsafeBytes(of: raw.maker) { $0.prefix { $0 != 0 } }
        return TPMStanding(
            maker: String(decoding: letters, as: UTF8.self), failedTries: Int(raw.failed_tries),
            mostTries: Int(raw.most_tries),
            secondsPerTry: raw.seconds_a_try == 0 ? nil : Int(raw.seconds_a_try),
            isLockedOut: raw.is_locked_out != 0)
    }
}
