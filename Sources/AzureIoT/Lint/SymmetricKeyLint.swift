package import Model
package import TargetCore

/// What is wrong with a device's symmetric key, which Azure would only answer with 401. No finding holds
/// the key.
package enum SymmetricKeyLint {
    /// Holds a device's key, base64, against the name that it was given, with its capitals, and against the key of its
    /// group, where it has one.
    package static func findings(
        _ key: Redacted<String>, name: String, groupKey: Redacted<String>? = nil, _ digests: CloudDigests
    ) -> [TargetFinding] {
        guard let bytes = Base64.decode(key.unredacted) else {
            return [
                TargetFinding(
                    "azure_device_key_not_base64",
                    what: "The device's key is not base64, so that no token of it is right",
                    nextStep: "Take the key as the receipt gave it, up to its last `=`.")
            ]
        }
        guard SymmetricKey.lengths.contains(bytes.count) else {
            return [
                TargetFinding(
                    "azure_device_key_length",
                    what: "The device's key has \(bytes.count) bytes; 16 to 64 are taken",
                    nextStep: "Have the service make the keys, or make them of 64 random bytes.")
            ]
        }
        guard let groupKey, let group = Base64.decode(groupKey.unredacted) else { return [] }
        return groupFindings(bytes, name, group, digests)
    }

    private static func groupFindings(
        _ key: [UInt8], _ name: String, _ group: [UInt8], _ digests: CloudDigests
    ) -> [TargetFinding] {
        if key == group {
            return [
                TargetFinding(
                    "azure_device_has_group_key",
                    what:
                        "The device holds the key of its whole group, which lets no device in and "
                        + "could make any of them",
                    nextStep:
                        "Take it off the device, renew the group's key, and give the device the "
                        + "one that follows."
                )
            ]
        }
        let lowered = RegistrationID.lowered(name)
        if key == digests.hmacSHA256(group, Array(lowered.utf8)) { return [] }
        if name != lowered, key == digests.hmacSHA256(group, Array(name.utf8)) {
            return [
                TargetFinding(
                    "azure_device_key_of_capitals",
                    what:
                        "The key follows from the name “\(VisibleText.of(name))” with its "
                        + "capitals; Azure knows the device "
                        + "as “\(VisibleText.of(lowered))”, and its key is another",
                    nextStep: "Derive the key from the name in lower case.")
            ]
        }
        return [
            TargetFinding(
                "azure_device_key_of_another",
                what: "The key does not follow from the group's key and this device's name",
                nextStep: "Derive it anew; it may be of another device or of the group's second key.")
        ]
    }
}
