package import Model
package import TargetCore

/// A shared access signature: the right to a resource and all below it, until a moment.
///
/// Source: IoT Hub documentation, "Control access with shared access signatures"; the string that is signed
/// holds the resource in the very encoding that is sent.
package struct SharedAccessSignature: Equatable, Sendable {
    /// The host, or a path below it, not encoded.
    package var resource: String
    /// Seconds since 1970.
    package var expiry: Int64
    /// The policy whose key signs; `registration` for devices at the provisioning service, none for devices
    /// at a hub.
    package var policy: String?

    package init(resource: String, expiry: Int64, policy: String? = nil) {
        self.resource = resource
        self.expiry = expiry
        self.policy = policy
    }

    /// What the signature is made over: the encoded resource and the expiry, a line each, without a last
    /// line break.
    package var stringToSign: String { PercentEncoding.encode(resource) + "\n" + String(expiry) }

    /// The header's value with a signature that somebody else made, such as a TPM.
    package func token(signature: [UInt8]) -> Redacted<String> {
        var text = "SharedAccessSignature sr=" + PercentEncoding.encode(resource)
        text += "&sig=" + PercentEncoding.encode(Base64.encode(signature)) + "&se=" + String(expiry)
        if let policy { text += "&skn=" + PercentEncoding.encode(policy) }
        return Redacted(text)
    }

    /// The value of the `Authorization` header, and the password of MQTT. The key is base64; its bytes sign, not its
    /// text.
    ///
    /// - Throws: `AzureSigningFault.keyNotBase64`, `.keyEmpty`.
    package func token(
        key: Redacted<String>, _ digests: CloudDigests
    ) throws(AzureSigningFault) -> Redacted<String> {
        let bytes = try SymmetricKey.bytes(of: key)
        return token(signature: digests.hmacSHA256(bytes, Array(stringToSign.utf8)))
    }

    /// A device at the provisioning service.
    package static func registration(
        idScope: String, id: RegistrationID, expiry: Int64
    ) -> SharedAccessSignature {
        SharedAccessSignature(
            resource: "\(idScope)/registrations/\(id)", expiry: expiry, policy: "registration")
    }

    /// A device at its hub.
    package static func hubDevice(host: String, id: String, expiry: Int64) -> SharedAccessSignature {
        SharedAccessSignature(resource: "\(host)/devices/\(id)", expiry: expiry)
    }
}
