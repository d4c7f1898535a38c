package import Model
package import TargetCore

/// Finds what AWS IoT would refuse, or what would keep a device from connecting, before anything is asked.
///
/// Sources: service model of AWS IoT; AWS IoT Core endpoints and quotas; AWS IoT developer guide, "Device certificates".
package enum AWSLint {
    static let limitNameCharacters = 128
    static let limitAttributesWithoutType = 3
    static let limitAttributesWithType = 50
    static let limitValueCharacters = 800
    static let limitGroups = 10
    static let limitRequestCharacters = 4096
    static let limitCertificateCharacters = 65_536
    static let limitCommonNameCharacters = 64
    /// What a signature may be off.
    package static let limitSkewSeconds: Int64 = 300

    /// A name of a thing, thing type or group: `[a-zA-Z0-9:_-]{1,128}`.
    package static func isName(_ text: String) -> Bool {
        isOf(text, "_-:", 1...limitNameCharacters)
    }

    /// `[\w+=,.@-]{1,128}`.
    package static func isPolicyName(_ text: String) -> Bool { isOf(text, "_+=,.@-", 1...128) }

    /// `[0-9A-Za-z_-]{1,36}`.
    package static func isTemplateName(_ text: String) -> Bool { isOf(text, "_-", 1...36) }

    static func isOf(_ text: String, _ further: String, _ length: ClosedRange<Int>) -> Bool {
        length.contains(text.utf8.count)
            && text.utf8.allSatisfy {
                AWSAttributes.isAlphanumeric($0) || further.utf8.contains($0)
            }
    }

    /// What the target would refuse of a work.
    package static func findings(
        in work: TargetWork, settings: AWSSettings,
        facts: (_ pem: String) -> [CertificateFacts], at now: Timestamp
    ) -> [TargetFinding] {
        let names = nameFindings(work.device.name)
        guard work.intent == .provision || work.intent == .rotate else { return names }
        return names + attributeFindings(work.device, settings: settings)
            + proofFindings(work.device, settings: settings, facts: facts, at: now)
    }

    static func nameFindings(_ name: String) -> [TargetFinding] {
        guard !isName(name) else { return [] }
        let bad = name.unicodeScalars.first {
            !($0.isASCII
                && (AWSAttributes.isAlphanumeric(UInt8($0.value)) || "_-:".unicodeScalars.contains($0)))
        }
        let shown = VisibleText.of(String(name.prefix(limitNameCharacters)))
        guard let bad else {
            return [
                TargetFinding(
                    "aws_thing_name_length",
                    what: "A thing's name has 1 to 128 characters; \(shown) has \(name.utf8.count).",
                    nextStep: "Give the device another name at this target.")
            ]
        }
        return [
            TargetFinding(
                "aws_thing_name_characters",
                what: "A thing's name has letters, digits, colon, underscore and dash; \(shown) has "
                    + "\(VisibleText.of(String(bad))).",
                nextStep:
                    "Give the device another name at this target. Was the right code of the label scanned?")
        ]
    }

    /// Signatures are refused when the clocks differ; `theirs` is the date of any answer.
    package static func clockFindings(_ theirs: String, at now: Timestamp) -> [TargetFinding] {
        guard let seconds = HTTPDate.seconds(theirs) else { return [] }
        let skew = now.milliseconds / 1000 - seconds
        guard abs(skew) > limitSkewSeconds else { return [] }
        return [
            TargetFinding(
                "aws_clock_skew",
                what: "This machine's clock is \(abs(skew)) seconds \(skew > 0 ? "fast" : "slow") by AWS's; "
                    + "more than \(limitSkewSeconds) are refused as a wrong signature.",
                nextStep: "Set the clock, then try again; keys and names are not the cause.")
        ]
    }
}
