package import Credentials
package import Model

/// What a device proves itself with when it registers.
package enum AzureDeviceProof: Sendable {
    /// By its TLS connection; the common name is the registration id.
    case certificate(TLSIdentity)
    /// The key of its enrollment, or the one that is derived of its group's; base64.
    case symmetricKey(Redacted<String>)
    /// By its endorsement key.
    case tpm(TPM)
}

/// What a device is let into its hub with.
package enum AzureHubCredential: Sendable {
    case certificate(TLSIdentity)
    case symmetricKey(Redacted<String>)
    /// A key that the service made for this device's TPM.
    case tpm(TPMHMACKey)
}
