package import Model
package import TargetCore

/// What is wrong with an endorsement key before a service is asked: half a key, a key of another kind, a
/// key twice.
///
/// Source: TPM 2.0 Library, Part 2, TPM2B_PUBLIC; TCG EK Credential Profile, the RSA 2048 template.
package enum EndorsementKeyLint {
    /// The first bytes of every RSA 2048 endorsement key in its marshalled form: size, RSA, SHA-256.
    static let rsa2048Start: [UInt8] = [0x01, 0x3A, 0x00, 0x01, 0x00, 0x0B]
    /// The attributes of the template: fixed to its TPM, for decryption alone; in the later profile its
    /// user may too.
    static let templateAttributes: [[UInt8]] = [[0x00, 0x03, 0x00, 0xB2], [0x00, 0x03, 0x00, 0xF2]]

    /// What is wrong with a key as it is entered, in base64.
    package static func findings(_ key: String) -> [TargetFinding] {
        guard let bytes = Base64.decode(key), !bytes.isEmpty else { return [notBase64] }
        guard bytes.count > 10 else { return [cutOff(bytes.count, of: nil)] }
        let size = Int(bytes[0]) << 8 | Int(bytes[1])
        let isWithoutSize = Array(bytes.prefix(4)) == [0x00, 0x01, 0x00, 0x0B]
        if isWithoutSize { return [sizeMissing] }
        if bytes.count - 2 < size { return [cutOff(bytes.count - 2, of: size)] }
        if bytes.count - 2 > size { return [tooLong] }
        let kind = Int(bytes[2]) << 8 | Int(bytes[3])
        guard kind == 0x0001 || kind == 0x0023 else { return [notAKey] }
        if kind == 0x0001, Array(bytes.prefix(6)) != rsa2048Start { return [notRSA2048] }
        guard templateAttributes.contains(Array(bytes[6..<10])) else { return [template] }
        return []
    }

    /// To be said when another device has the same key.
    package static func held(by holder: DeviceID) -> TargetFinding {
        TargetFinding(
            "azure_endorsement_key_twice",
            what:
                "The device \(holder) has the same endorsement key: a TPM has one of its own, so "
                + "one of the two was "
                + "read wrongly, or is a copy",
            nextStep:
                "Read both keys from their TPMs anew. A virtual TPM must not be cloned with its machine.")
    }

    /// Keys that several of these devices have, with the devices of each.
    package static func repeated(
        _ keys: [(device: DeviceID, key: String)]
    ) -> [(key: String, devices: [DeviceID])] {
        // Compared by their bytes: base64 may be written in several ways.
        var devices: [[UInt8]: [DeviceID]] = [:]
        var order: [[UInt8]] = []
        for (device, key) in keys {
            let bytes = Base64.decode(key) ?? Array(key.utf8)
            if devices[bytes] == nil { order.append(bytes) }
            devices[bytes, default: []].append(device)
        }
        return order.compactMap { bytes in
            guard let holders = devices[bytes], holders.count > 1 else { return nil }
            return (Base64.encode(bytes), holders)
        }
    }

    private static let nextStep =
        "Read the key from the TPM anew and bring all of it: TPM2B_PUBLIC in base64."

    private static let notBase64 = TargetFinding(
        "azure_endorsement_key_not_base64", what: "The endorsement key is not base64", nextStep: nextStep)

    private static func cutOff(_ count: Int, of size: Int?) -> TargetFinding {
        TargetFinding(
            "azure_endorsement_key_cut_off",
            what: "The endorsement key is cut off: "
                + (size.map { "\(count) of its \($0) bytes are there" } ?? "\(count) bytes are no key"),
            nextStep: nextStep)
    }

    private static let sizeMissing = TargetFinding(
        "azure_endorsement_key_size_missing",
        what: "The endorsement key lacks the two bytes of its size at the start",
        nextStep: "Bring it as TPM2B_PUBLIC, not as TPMT_PUBLIC.")

    private static let tooLong = TargetFinding(
        "azure_endorsement_key_too_long", what: "More follows the endorsement key than belongs to it",
        nextStep: nextStep)

    private static let notAKey = TargetFinding(
        "azure_endorsement_key_kind", what: "What was brought is no public key of a TPM", nextStep: nextStep)

    private static let notRSA2048 = TargetFinding(
        "azure_endorsement_key_not_rsa_2048",
        what: "The endorsement key is not of RSA 2048 with SHA-256, the kind that Azure takes",
        nextStep: "Make the endorsement key by the template for RSA 2048, and read that one.")

    private static let template = TargetFinding(
        "azure_endorsement_key_template",
        what:
            "The key was made by another template than endorsement keys are; the service could "
            + "not challenge it",
        nextStep: "Read the endorsement key, not the storage root key or one of the device's own.")
}
