package import Model

/// What has just been done in a hand-over, for whoever watches it. It is on the disk before it is told.
package enum HandOverStep: Equatable, Sendable {
    case identified(IdentityComparison)
    /// Others on the way can listen; that is put on record.
    case notEncrypted(link: String)
    case requestTaken(HandOverRecord.Check)
    /// The device cannot make a key, and gets one with the bundle.
    case keyMade
    /// Its target made a symmetric key for it, which it gets in place of a certificate.
    case keyTaken(target: TargetID)
    /// The target has not made it yet.
    case keyOutstanding
    /// The request is saved; the certificate has not come back yet.
    case certificateOutstanding
    case certificateThere
    case installed(hasEndpoint: Bool)
    case switched
    /// The bundle lies at the link until the device has taken it; what is carried has to be taken there by a person.
    case deviceAway(isCarried: Bool)
    case confirmed
    /// The evidence is in the device's history.
    case noted(OperationID)
    /// The key that was made is gone from here.
    case keyWiped
    /// The symmetric key is gone from here; the device and its target have it.
    case symmetricKeyWiped
}
