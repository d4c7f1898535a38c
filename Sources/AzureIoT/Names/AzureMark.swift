/// Names of the marks that a device's record keeps of Azure.
package enum AzureMark {
    package static let registrationID = "registrationID"
    /// `individual`, or `group NAME`.
    package static let enrolment = "enrolment"
    package static let hub = "hub"
    /// The certificate that is entered, PEM. Azure does not give it back, and wants it again with each
    /// change.
    package static let certificate = "certificate"
    /// The certificate that a rotation brought, PEM.
    package static let candidate = "candidate"
    /// SHA-256 of the symmetric key that a rotation brought.
    package static let candidateKey = "candidateKey"
    /// Where something of the device is left that the registrar may not reach.
    package static let left = "left"
}
