package import Model
package import TargetCore

/// The `Authorization` header of calls to Azure's service planes.
package enum AzureAuthorization {
    /// How long a token of a shared access policy is good for. Short: a token cannot be called back.
    package static let lifetimeSeconds: Int64 = 600

    /// The value for a call on the plane `dps-service` or `iot-hub/HOST`.
    ///
    /// It is for `host`, the service's own name, whatever address is connected to. `secret` is the policy's key in
    /// base64, or the Entra ID token; `now` is the registrar's time, and Azure holds the expiry against its own.
    ///
    /// - Throws: `AzureSigningFault`.
    package static func header(
        for call: CloudCall, host: String, access: AzureAccess, secret: Redacted<String>, at now: Timestamp,
        _ digests: CloudDigests
    ) throws(AzureSigningFault) -> Redacted<String> {
        switch AzurePlane(name: call.plane) {
        case .dpsService, .iotHub: break
        case .dpsDevice, nil: throw .plane(call.plane)
        }
        switch access {
        case .sharedAccess(let policy):
            let expiry = now.advanced(bySeconds: lifetimeSeconds).milliseconds / 1000
            let signature = SharedAccessSignature(
                resource: RegistrationID.lowered(host), expiry: expiry, policy: policy)
            return try signature.token(key: secret, digests)
        case .bearerFile, .bearerCommand:
            return try bearer(secret)
        }
    }

    private static func bearer(_ token: Redacted<String>) throws(AzureSigningFault) -> Redacted<String> {
        var text = token.unredacted[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { throw .tokenForm }
        return Redacted("Bearer " + text)
    }
}
