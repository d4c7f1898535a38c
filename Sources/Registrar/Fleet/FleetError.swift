package import Model
package import TargetCore

/// Why something about a fleet was not done at a target.
package enum FleetError: Explained, Equatable, Sendable {
    case notAWS(TargetID)
    case refused(TargetFault)
    /// It is kept, and goes on when the same is asked again.
    case unfinished(reason: String)
    /// What would be refused, found before anything was sent.
    case findings([TargetFinding])
    case noTemplate(TargetID)
    case unknownDevice(DeviceID)
    /// The device is not let in at an account of AWS with a certificate that is known.
    case notThere(DeviceID)
    /// Certificates go from one account to another of the same region alone.
    case notBetween(TargetID, TargetID)
    /// The registrar refused the operation that makes a move known.
    case operation(Problem)
    case claimedByAnother
    case wrongCertificate
    case notInLobby(PayloadHash)
    case noTask(TargetID)
    /// What was named is not in the account: a template, an authority.
    case missing(String, TargetID)
    /// The target takes no certificates of others.
    case takesNone(TargetID)

    package var explanation: Explanation {
        switch self {
        case .refused(let fault): fault.explanation
        case .operation(let problem): problem.explanation
        case .notAWS(let target):
            Explanation(
                id: "fleet_not_aws", what: "Nothing was done: \(target) is no account of AWS.",
                nextStep: "Name a target of kind aws; `target list` shows them.")
        case .unfinished(let reason):
            Explanation(
                id: "fleet_unfinished", what: "It is begun and not done yet: \(reason)",
                nextStep: "Run the same command again; it goes on from where it is.")
        case .findings(let findings):
            Explanation(
                id: findings.first?.code ?? "fleet_findings",
                what: "Nothing was sent: AWS would refuse it. \(findings.first?.what ?? "")",
                nextStep: findings.first?.nextStep ?? "Correct it.")
        case .noTemplate(let target):
            Explanation(
                id: "fleet_no_template", what: "Nothing was asked: \(target) names no provisioning template.",
                nextStep: "Name one, or set it: `target change \(target) --set fleetTemplate=NAME`.")
        case .noTask(let target):
            Explanation(
                id: "fleet_no_task", what: "No bulk task was started at \(target) from here.",
                nextStep: "Start one with `fleet bulk start`.")
        case .missing(let what, let target):
            Explanation(
                id: "fleet_missing",
                what: "There is no \(VisibleText.of(what)) in the account and region of \(target).",
                nextStep: "Look at what there is with `fleet template list` or `fleet authority list`.")
        case .takesNone(let target):
            Explanation(
                id: "lobby_target",
                what: "Nothing was changed: \(target) takes no certificates of other issuers.",
                nextStep: "Name a target with issuer=registrar, which takes each certificate by itself.")
        case .unknownDevice, .notThere, .notBetween: ofTransfer
        case .claimedByAnother, .wrongCertificate, .notInLobby: ofLobby
        }
    }

    private var ofTransfer: Explanation {
        switch self {
        case .unknownDevice(let device):
            Explanation(
                id: "fleet_unknown_device",
                what: "Nothing was done: there is no device \(device) with an owner.",
                nextStep: "Name the registrar's id of a claimed device; `muster device show` prints it.")
        case .notBetween(let one, let other):
            Explanation(
                id: "fleet_not_between",
                what: "Nothing was done: a certificate is not handed over from \(one) to \(other).",
                nextStep: "Both must be different accounts of AWS in the same region; else let the device in "
                    + "with `muster reprovision`.")
        default:
            Explanation(
                id: "fleet_not_there",
                what: "Nothing was done: the device is not let in at an account of AWS.",
                nextStep: "See where it is with `muster device show`.")
        }
    }

    private var ofLobby: Explanation {
        switch self {
        case .claimedByAnother:
            Explanation(
                id: "lobby_claimed",
                what: "Nothing was changed: the certificate is claimed for another device.",
                nextStep:
                    "Compare the fingerprint on the label. The other claim ends with `fleet lobby release`.")
        case .notInLobby(let fingerprint):
            Explanation(
                id: "lobby_unknown", what: "Nothing was changed: the lobby has no claim of \(fingerprint).",
                nextStep: "See `fleet lobby list`.")
        default:
            Explanation(
                id: "lobby_certificate",
                what: "Nothing was changed: the certificate does not have that fingerprint.",
                nextStep: "Give the device's own certificate, PEM, and nothing before it.")
        }
    }
}
