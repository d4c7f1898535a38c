import Model

extension TPMError {
    /// What goes wrong between a TPM and a service that it proves itself to.
    var serviceExplanation: Explanation {
        switch self {
        case .noEndorsementKey:
            Explanation(
                id: "tpm_no_endorsement_key", kind: .unavailable,
                what:
                    "The TPM gives no endorsement key: its endorsement hierarchy is off or behind a password.",
                nextStep: "Switch the hierarchy on in the firmware, or have its owner take the password away."
            )
        case .sealedForAnother:
            Explanation(
                id: "tpm_sealed_for_another", kind: .badInput,
                what:
                    "The TPM could not open what the service sent: it is closed for another endorsement key.",
                nextStep: "Enrol the endorsement key that `muster key identity` prints on this machine.")
        case .sealedKeyDamaged:
            Explanation(
                id: "tpm_sealed_key_damaged", kind: .badInput,
                what:
                    "The TPM refused what the service sent: it is damaged, or closed for another storage root key.",
                nextStep: "Register again. When it stays, enrol the keys that `muster key identity` prints.")
        case .tooLong(let bytes, let limit):
            Explanation(
                id: "tpm_text_too_long",
                what: "Nothing was signed: the text has \(bytes) bytes, and a TPM takes \(limit).",
                nextStep: "Use a shorter name for the device.")
        default:
            Explanation(
                id: "tpm_key_blob", kind: .badInput,
                what: "The stored key of the service could not be read: it is changed or not whole.",
                nextStep: "Register the device again; the service gives it a new one.")
        }
    }
}
