import TargetCore

/// What devices are refused with when they register: one number for many causes, which its message may tell
/// apart.
package enum DeviceCodes {
    /// A part of a message, without regard to case, and what it means.
    package static let messages: [(part: String, meaning: AzureCode)] = [
        (
            "ca certificate not found",
            AzureCode(
                401_002, nil, "azure_device_chain_unknown", .afterMending,
                what: "The device was not let in: no certificate that it showed leads to a CA of the service",
                nextStep: "Have the device show its whole chain, and upload and verify its CA at the service."
            )
        ),
        (
            "did not match chain elements",
            AzureCode(
                401_002, nil, "azure_device_chain_of_another_group", .afterMending,
                what: "The device was not let in: its chain is not of the CA that its group names",
                nextStep: "Enter the CA that issued the device's certificate, or issue by the group's.")
        ),
        (
            "invalid certificate",
            AzureCode(
                401_002, nil, "azure_device_certificate_refused", .afterMending,
                what:
                    "The device was not let in: its certificate is not the enrolled one, or out of its time",
                nextStep: "Compare the thumbprints, the common name with the registration id, and the dates.")
        ),
        (
            "unauthorized access",
            AzureCode(
                401_002, "IotHubUnauthorizedAccess", "azure_hub_link_refused", .afterMending,
                what: "The device proved itself, but its hub did not let the provisioning service in",
                nextStep: "Link the hub to the service anew; the key that the link has is out of date.")
        ),
        (
            "iothubunauthorizedaccess",
            AzureCode(
                401_002, "IotHubUnauthorizedAccess", "azure_hub_link_refused", .afterMending,
                what: "The device proved itself, but its hub did not let the provisioning service in",
                nextStep: "Link the hub to the service anew; the key that the link has is out of date.")
        ),
    ]

    /// When no message tells more.
    package static let unauthorized = AzureCode(
        401_002, nil, "azure_device_unauthorized", .afterMending,
        what:
            "The device was not let in: the service does not tell whether its name, key, chain or "
            + "clock is wrong",
        nextStep: "Check the target's findings for the device; they name what the service would refuse.")

    /// The registration ended with the entry disabled.
    package static let disabled = AzureCode(
        403_000, nil, "azure_device_disabled", .afterMending,
        what: "The device was not let in: its enrollment is disabled",
        nextStep: "Enable the device, if it is to be let in.")
}
