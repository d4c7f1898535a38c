import Model
package import TargetCore

/// Reasons of this side for not going on.
package enum AWSOwnFault: CaseIterable, Sendable {
    case thingOfAnother, thingMissing, certificateOfAnother, certificateMissing, revoked, noCurrent
    case newNotActive, proof, indexingOff, indexEmpty

    package func fault(of name: String) -> TargetFault {
        let thing = VisibleText.of(name)
        let (code, what, next) =
            switch self {
            case .thingOfAnother: Self.another(thing)
            case .thingMissing:
                (
                    "aws_thing_missing", "There is no thing \(thing) in this account and region.",
                    "Provision the device, or check the target's region and account."
                )
            case .certificateOfAnother:
                (
                    "aws_certificate_of_another",
                    "The certificate of \(thing) is attached to another thing, so nothing was attached.",
                    "Find out which of the two devices has the key; a key in two devices must be replaced in both."
                )
            case .certificateMissing: Self.missing(thing)
            case .revoked:
                (
                    "aws_certificate_revoked",
                    "The certificate of \(thing) is revoked, and a revoked one is not let in again.",
                    "Provision the device anew with a new key."
                )
            case .noCurrent:
                (
                    "aws_no_current_certificate",
                    "It is not known which certificate of \(thing) is the one in use, so none was touched.",
                    "Provision or rotate the device; its record then names its certificate."
                )
            case .newNotActive:
                (
                    "aws_new_certificate_not_active",
                    "The new certificate of \(thing) is not active, so the old one was left in its place.",
                    "Rotate again, and finish once the device has connected with the new certificate."
                )
            case .proof: Self.proof(thing)
            case .indexingOff, .indexEmpty: index(thing)
            }
        return TargetFault(code: code, theirs: "", what: what, nextStep: next, retry: .never)
    }

    private typealias Words = (String, String, String)

    private static func another(_ thing: String) -> Words {
        (
            "aws_thing_of_another",
            "A thing \(thing) is there already and does not say that it is this device of this tenant; it was "
                + "left as it is.",
            "Give the device another name, or set the thing's attributes device and tenant if it is the same."
        )
    }

    private static func missing(_ thing: String) -> Words {
        (
            "aws_certificate_missing", "The certificate of \(thing) is not in this account and region.",
            "Provision the device again."
        )
    }

    private static func proof(_ thing: String) -> Words {
        (
            "aws_proof_kind",
            "What \(thing) proves itself with does not fit the target's issuer: `aws` takes a certificate request, "
                + "the others a certificate.",
            "Change the target's issuer or the device's way of attestation."
        )
    }

    private func index(_ thing: String) -> Words {
        self == .indexingOff
            ? (
                "aws_connectivity_unknown",
                "Whether \(thing) has connected is not known: the account does not index connectivity.",
                "Switch fleet indexing with thing connectivity on in the AWS IoT settings of this region."
            )
            : (
                "aws_index_missing", "Whether \(thing) has connected is not known: there is no search index.",
                "Switch fleet indexing with thing connectivity on in the AWS IoT settings of this region."
            )
    }
}
