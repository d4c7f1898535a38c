import Model
package import TargetCore

extension AWSLint {
    /// Whether AWS takes the attributes that the settings give a device.
    package static func attributeFindings(
        _ device: TargetDevice, settings: AWSSettings
    ) -> [TargetFinding] {
        let attributes = AWSAttributes.of(device, templates: settings.attributes)
        let limit = settings.thingType == nil ? limitAttributesWithoutType : limitAttributesWithType
        var findings: [TargetFinding] = []
        if attributes.count > limit {
            findings.append(
                TargetFinding(
                    "aws_attributes",
                    what:
                        "A thing \(settings.thingType == nil ? "without a type" : "with a type") has at most "
                        + "\(limit) attributes; this one would have \(attributes.count), `device` and `tenant` "
                        + "among them.",
                    nextStep: settings.thingType == nil
                        ? "Name a thing type in the target, or fewer attributes." : "Name fewer attributes."))
        }
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            if value.utf8.count > limitValueCharacters {
                findings.append(
                    TargetFinding(
                        "aws_attribute_length",
                        what: "An attribute has at most \(limitValueCharacters) characters; "
                            + "\(VisibleText.of(name)) would have \(value.utf8.count).",
                        nextStep: "Was the serial number scanned, or a whole setup code?"))
            }
        }
        if let serial = device.serial, AWSAttributes.escaped(serial) != serial,
            settings.attributes.values.contains(where: { $0.contains("{serial}") })
        {
            findings.append(
                TargetFinding(
                    "aws_attribute_characters", .warned,
                    what:
                        "The serial number has characters that AWS takes in no attribute; they stand as =XX.",
                    nextStep: "Look whether the serial number was read from the right code of the label."))
        }
        return findings
    }
}
