package import Model

/// Why a TPM could not do what was asked. Never holds a PIN or a key.
package enum TPMError: Explained, Equatable, Sendable {
    /// The TPM software stack is not installed here; `reason` is the loader's.
    case noLibrary(reason: String)
    case noTPM(TPMAddress)
    case notPermitted(TPMAddress)
    /// Something is there that does not answer as a TPM 2.0 does.
    case notAnswering(TPMAddress)
    /// The TPM has counted it. `triesLeft` is `nil` when it could not be asked.
    case wrongPIN(triesLeft: Int?)
    /// The TPM tries no PIN now. One failed try is forgotten after so many seconds; `nil`: not by waiting.
    case lockedOut(secondsPerTry: Int?)
    /// Made by another TPM, or before this one was cleared.
    case notItsOwn
    case badKeyFile
    case badWrap
    case badAddress(String)
    case notOffered(KeyKind)
    /// Its endorsement hierarchy is switched off, or its owner keeps it behind a password.
    case noEndorsementKey
    /// What a service closed can be opened by the TPM of another endorsement key alone.
    case sealedForAnother
    /// What a service closed was changed on its way, or is for another storage root key of this TPM.
    case sealedKeyDamaged
    /// A stored key that came from a service.
    case badKeyBlob
    case tooLong(bytes: Int, limit: Int)
    /// With the TPM's own code.
    case refused(code: UInt32)

    /// What a Debian machine with a TPM needs installed.
    package static let packages = "libtss2-esys-3.0.2-0 libtss2-tctildr0 libtss2-tcti-device0"

    package var explanation: Explanation {
        switch self {
        case .noLibrary(let reason):
            Explanation(
                id: "tpm_library_missing", kind: .unavailable,
                what: "The TPM was not used: its software is not installed (\(reason)).",
                nextStep: "Run `apt-get install \(Self.packages)`.")
        case .noTPM(let address):
            Explanation(
                id: "tpm_missing", kind: .unavailable,
                what: "The TPM was not used: there is none at \(address).",
                nextStep: "Switch it on in the machine's firmware, or work without one.")
        case .notPermitted(let address):
            Explanation(
                id: "tpm_not_permitted", kind: .notPermitted,
                what: "The TPM was not used: \(address) is not permitted to you.",
                nextStep: "Have your user added to the group tss and sign in again.")
        case .notAnswering(let address):
            Explanation(
                id: "tpm_silent", kind: .unavailable,
                what: "The TPM was not used: nothing at \(address) answers as a TPM 2.0.",
                nextStep: "Check that it is a TPM 2.0 and that no other program holds it.")
        case .wrongPIN, .lockedOut: pinExplanation
        case .notItsOwn, .badKeyFile, .badWrap, .badAddress: inputExplanation
        case .noEndorsementKey, .sealedForAnother, .sealedKeyDamaged, .badKeyBlob, .tooLong:
            serviceExplanation
        case .notOffered(let kind):
            Explanation(
                id: "tpm_kind", what: "No key was made: this TPM makes no \(kind) keys.",
                nextStep: "Choose EC P-256, which every TPM 2.0 makes.")
        case .refused(let code):
            Explanation(
                id: "tpm_refused", what: "The TPM refused, with code 0x\(String(code, radix: 16)).",
                nextStep: "Look the code up with `tpm2_rc_decode` and report it to support.")
        }
    }
}

extension TPMError {
    private var pinExplanation: Explanation {
        switch self {
        case .wrongPIN(triesLeft: 0):
            return Explanation(
                id: "tpm_pin_used_up", kind: .notPermitted,
                what: "The PIN was wrong, and the TPM is locked now.",
                nextStep: "Wait, or use the passphrase.")
        case .wrongPIN(let left?):
            let tries: Sentence = left == 1 ? "\(1) try is left" : "\(left) tries are left"
            return Explanation(
                id: "tpm_wrong_pin", kind: .notPermitted, what: "The PIN was wrong: \(tries).",
                nextStep: "Try again with care, or use the passphrase.")
        case .lockedOut(let seconds?):
            return Explanation(
                id: "tpm_locked", kind: .notPermitted,
                what:
                    "The PIN was not tried: the TPM is locked, and forgets one wrong try in \(seconds) seconds.",
                nextStep: "Wait that long with the machine running, or use the passphrase.")
        case .lockedOut:
            return Explanation(
                id: "tpm_locked", kind: .notPermitted, what: "The PIN was not tried: the TPM is locked.",
                nextStep: "Have an administrator run `tpm2_dictionarylockout --clear-lockout`.")
        default:
            return Explanation(
                id: "tpm_wrong_pin", kind: .notPermitted,
                what: "The PIN was wrong, and the TPM has counted it.",
                nextStep: "Try again with care, or use the passphrase.")
        }
    }

    private var inputExplanation: Explanation {
        switch self {
        case .notItsOwn:
            Explanation(
                id: "tpm_not_its_own", kind: .badInput,
                what: "The TPM does not know the key: another one made it, or this one was cleared since.",
                nextStep: "Use the machine that made it, or make a new key.")
        case .badAddress(let text):
            Explanation(
                id: "tpm_address", kind: .badInput,
                what: "The TPM was not used: `\(text)` does not say where one is.",
                nextStep: "Write device:/dev/tpmrm0, or swtpm:path=SOCKET for an emulated one.")
        case .badWrap:
            Explanation(
                id: "tpm_wrap", what: "What the PIN protects could not be read: it is changed or not whole.",
                nextStep: "Use the passphrase, and set the PIN anew.")
        default:
            Explanation(
                id: "tpm_key_file", kind: .badInput,
                what: "The key file could not be read: it must be a whole TSS2 PRIVATE KEY.",
                nextStep: "Check that the right file was given.")
        }
    }
}
