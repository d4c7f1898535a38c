import Model
import TargetCore

/// Why a device did not get its identity by a fleet's template.
enum FleetFault {
    case claimExpired, unreadable
    /// A template of that name is there for another use.
    case otherType(String, String)

    var fault: TargetFault {
        switch self {
        case .claimExpired:
            TargetFault(
                code: "aws_claim_expired", theirs: "",
                what:
                    "The claim certificate has run out before the device had its own; it is good for five minutes.",
                nextStep: "Ask for another claim with the device at hand, and compare the clocks.",
                retry: .never)
        case .unreadable:
            TargetFault(
                code: "aws_fleet_answer", theirs: "",
                what: "The answer to the device was not one of fleet provisioning, so it got no certificate.",
                nextStep: "Check that the endpoint is the account's, then start again.", retry: .later)
        case .otherType(let name, let type):
            TargetFault(
                code: "aws_template_type", theirs: type,
                what: "There is a template \(VisibleText.of(name)) already, for another use: "
                    + "\(VisibleText.of(type)). A template's use cannot be changed.",
                nextStep: "Choose another name, or remove that template first.", retry: .never)
        }
    }

    /// What AWS answers on a `rejected` topic.
    static func rejection(_ answer: JSONValue?, of step: String) -> TargetFault {
        let status: Int
        if let number = answer?["statusCode"]?.number, (0..<1000).contains(number) {
            status = Int(number)
        } else {
            status = 0
        }
        let code = answer?["errorCode"]?.text ?? ""
        let message = VisibleText.of(String((answer?["errorMessage"]?.text ?? "").prefix(400)))
        let (name, meaning, next) = meaning(status)
        return TargetFault(
            code: name, theirs: VisibleText.of(String((code.isEmpty ? "\(status)" : code).prefix(100))),
            what: "\(step) was rejected: \(meaning)\(message.isEmpty ? "" : " AWS says: \(message)")",
            nextStep: next, retry: status == 429 || status >= 500 ? .later : .never)
    }

    private static func meaning(_ status: Int) -> (String, String, String) {
        switch status {
        case 401, 403:
            (
                "aws_fleet_forbidden",
                "the claim certificate's policy or the hook that is asked first does not allow it.",
                "Check that the serial number is on the job, then the claim's policy and the template's role."
            )
        case 404:
            (
                "aws_fleet_template", "there is no such template, or it is switched off.",
                "Check the template's name and region."
            )
        case 429:
            ("aws_fleet_throttled", "too many devices asked at once.", "Wait; it is asked again.")
        case 500...599:
            ("aws_fleet_unavailable", "the service could not answer just then.", "Wait; it is asked again.")
        case 400:
            (
                "aws_fleet_request", "the template does not take what the device sent.",
                "Check that every parameter of the template is sent, and the request's key."
            )
        default:
            (
                "aws_fleet_unknown", "for a reason that is not known here.",
                "Read AWS's words; AWS deletes a certificate without a thing, so it is safe to try again."
            )
        }
    }
}
