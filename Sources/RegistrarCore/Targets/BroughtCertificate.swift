package import Model

/// A certificate that a device has by somebody else than this registrar, and that a target is to take it in with.
package enum BroughtCertificate: Codable, Equatable, Sendable {
    /// Its maker's: PEM chain, the device certificate first.
    case ofMaker(chain: String, CertificateSummary)
    /// It is in the target's account already, handed over from another one; the marks name it there.
    case handedOver(to: TargetID, marks: [String: String])

    /// The one target that it is good for; `nil` when it is good for any.
    package var target: TargetID? {
        switch self {
        case .ofMaker: nil
        case .handedOver(let target, _): target
        }
    }
}
