package import Credentials
internal import HandOver
internal import Model

/// Where a simulated device has its key.
package struct DeviceKeys: Sendable {
    package var tpm: TPM
    /// Whether a device that is new has its key made in the TPM; one that has a key keeps it where it is.
    package var areMadeInTPM: Bool
    /// Whether the device makes none and takes one with its principals.
    package var areTaken: Bool

    /// Whether the device takes a symmetric key that its target made.
    package var mayBeSymmetric: Bool

    package init(
        tpm: TPM = TPM(), areMadeInTPM: Bool = false, areTaken: Bool = false, mayBeSymmetric: Bool = false
    ) {
        self.tpm = tpm
        self.areMadeInTPM = areMadeInTPM
        self.areTaken = areTaken
        self.mayBeSymmetric = mayBeSymmetric
    }

    func make() throws -> PrivateKey {
        areMadeInTPM ? try tpm.makeKey(.p256) : try PrivateKey.generate(.p256)
    }

    /// The key of a file of `directory`.
    ///
    /// - Throws: `linkUnusable` when it shall be in the TPM and is not.
    func read(_ pem: [UInt8], _ directory: String) throws -> PrivateKey {
        let text = String(decoding: pem, as: UTF8.self)
        if TPM.isKeyFile(text) { return try tpm.key(pem: text) }
        guard !areMadeInTPM else {
            throw HandOverError.linkUnusable(
                link: directory, reason: "holds a device whose key is not in a TPM")
        }
        return try PrivateKey(pem: Redacted(text))
    }
}
