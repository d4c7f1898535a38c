package import AzureIoT
package import Model
package import TargetCore

/// Why a device did not get to its cloud.
package enum DeviceCloudError: Explained, Equatable, Sendable {
    /// By the cloud, with its reason.
    case refused(TargetFault)
    /// The service was still at it when the device's patience had gone.
    case unfinished
    /// The key of the device's certificate is in a TPM, and HTTPS is spoken with keys in clear only.
    case keyInTPM
    /// The device's symmetric key is not base64, or empty.
    case keyUnusable
    /// The service assigned a device with a TPM and gave no key for the hub.
    case hubKeyMissing
    /// By the hub, with the reason that MQTT 3.1.1 has for it.
    case hubRefused(HubMQTT.Refusal)

    package var explanation: Explanation {
        switch self {
        case .refused(let fault): return fault.explanation
        case .unfinished:
            return Explanation(
                id: "azure_registration_unfinished",
                what: "The device was not assigned yet: the service has not finished within a minute.",
                nextStep: "Register again later; that makes no second device.")
        case .keyInTPM:
            return Explanation(
                id: "device_key_in_tpm", kind: .badInput,
                what:
                    "Nothing was sent: the key of the device's certificate is in a TPM, and this way to the "
                    + "service needs it in clear.",
                nextStep: "Have the device prove itself by its TPM's endorsement key: --tpm.")
        case .keyUnusable:
            return Explanation(
                id: "device_key_unusable", kind: .badInput,
                what: "Nothing was sent: the device's key is not base64, or empty.",
                nextStep: "Give the key of its enrollment as the service shows it, up to its last `=`.")
        case .hubKeyMissing:
            return Explanation(
                id: "azure_hub_key_missing",
                what: "The service assigned the device, but gave its TPM no key for the hub.",
                nextStep: "Register again. When it stays, keep the answer for Azure's support.")
        case .hubRefused(let refusal):
            return Explanation(
                id: "azure_hub_refused", what: "\(refusal.what).",
                nextStep: refusal == .unavailable
                    ? "Try again later." : "Register again: the service tells the hub anew.")
        }
    }
}
