/// A key for HMAC that a service has closed, so that the TPM of one endorsement key alone can open it: the TPM proves
/// itself by signing with it.
///
/// Each part is a structure of the TPM 2.0 Library, Part 2, in its marshalled form with its size.
package struct TPMSealedKey: Equatable, Sendable {
    /// TPM2B_ID_OBJECT.
    package var identityObject: [UInt8]
    /// TPM2B_ENCRYPTED_SECRET of the identity object.
    package var encryptedSecret: [UInt8]
    /// TPM2B_PRIVATE: the key, under a wrap with AES-128 in CFB mode and one for the storage root key.
    package var duplicate: [UInt8]
    /// TPM2B_ENCRYPTED_SECRET of the duplicate.
    package var importSeed: [UInt8]
    /// TPM2B_PUBLIC of the key.
    package var publicArea: [UInt8]

    package init(
        identityObject: [UInt8], encryptedSecret: [UInt8], duplicate: [UInt8], importSeed: [UInt8],
        publicArea: [UInt8]
    ) {
        self.identityObject = identityObject
        self.encryptedSecret = encryptedSecret
        self.duplicate = duplicate
        self.importSeed = importSeed
        self.publicArea = publicArea
    }
}
