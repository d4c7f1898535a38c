package import Model
package import TargetCore

/// What is wrong with a token that Azure answers with 401. No finding holds its signature.
package enum TokenLint {
    /// Holds a token against what it should be for, and against the policy whose key should have signed: none for
    /// devices at a hub.
    package static func findings(
        _ token: Redacted<String>, resource: String, policy: String?, at now: Timestamp
    ) -> [TargetFinding] {
        let prefix = "SharedAccessSignature "
        guard token.unredacted.hasPrefix(prefix) else { return [form] }
        var fields: [Substring: Substring] = [:]
        for part in token.unredacted.dropFirst(prefix.count).split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { fields[pair[0]] = pair[1] }
        }
        guard let sr = fields["sr"], let sig = fields["sig"], let se = fields["se"], let expiry = Int64(se)
        else {
            return [form]
        }
        var findings: [TargetFinding] = []
        if sig.contains(where: { $0 == "+" || $0 == "=" }) { findings.append(encoding) }
        if expiry <= now.milliseconds / 1000 { findings.append(expired(expiry)) }
        if sr.contains("+") { findings.append(blank) }
        findings += audience(PercentEncoding.decode(sr), resource)
        if fields["skn"].map(String.init) != policy { findings.append(policyFinding(policy)) }
        return findings
    }

    /// A token covers what it names and whole segments below.
    private static func audience(_ named: String?, _ resource: String) -> [TargetFinding] {
        guard let named, resource != named, !resource.hasPrefix(named + "/") else { return [] }
        let isCase = RegistrationID.lowered(named) == RegistrationID.lowered(resource)
        return [
            TargetFinding(
                "azure_token_audience", isCase ? .warned : .refused,
                what:
                    "The token is for “\(VisibleText.of(named))”, and "
                    + "“\(VisibleText.of(resource))” was asked",
                nextStep: "Sign for the service's own host name and path, whatever address is connected to.")
        ]
    }

    private static let form = TargetFinding(
        "azure_token_form", what: "What was sent is no shared access signature with sr, sig and se",
        nextStep: "Put it together as SharedAccessSignature sr=…&sig=…&se=….")

    private static let encoding = TargetFinding(
        "azure_token_encoding",
        what:
            "The signature was not percent-encoded: a plus in it arrives as a blank, so that one "
            + "token in some fails",
        nextStep: "Encode +, / and = of the signature.")

    private static let blank = TargetFinding(
        "azure_token_blank",
        what: "A plus stands in the resource, where a blank was encoded as forms do; the service signs %20",
        nextStep: "Encode a blank as %20, or use names without blanks.")

    private static func expired(_ expiry: Int64) -> TargetFinding {
        TargetFinding(
            "azure_token_expired",
            what: "The token has ended at \(Timestamp(milliseconds: expiry.clampedSeconds * 1000))",
            nextStep: "Check the clock of whoever signed it, then sign anew.")
    }

    private static func policyFinding(_ policy: String?) -> TargetFinding {
        TargetFinding(
            "azure_token_policy",
            what: policy.map { "The token must name the policy \($0) in skn" }
                ?? "The token of a device must name no policy in skn",
            nextStep: "Sign anew with the right skn.")
    }
}

extension Int64 {
    /// Seconds that a time of ours can hold.
    fileprivate var clampedSeconds: Int64 { Swift.max(0, Swift.min(self, 253_402_300_799)) }
}
