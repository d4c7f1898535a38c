package import Labels
package import Model

/// What was captured of one device: who it is, and the secrets of its label.
package struct CapturedDevice: Equatable, Sendable {
    package var identity: DeviceIdentity
    /// Claim code and the like, by field name without `secret.`; sealed before anything is stored.
    package var secrets: [String: Redacted<String>]
    /// Codes of the label that could not be read and are not used.
    package var unused: [LabelFailure]
    /// Codes that the label has by its profile and that were not captured, by their roles.
    package var missing: [String]
    /// Other devices that the code may name; with any, a person or a list decides before anything is saved.
    package var rivals: [DeviceIdentity]
    /// The code that names it was read in doubt: it is compared with the label before anything is saved.
    package var isDisputed: Bool

    /// Why a person has to look before it is saved; `nil` when nobody has to.
    package var doubt: IntakeError? {
        if isDisputed { return .disputed(device: identity.displayName) }
        return rivals.first.map {
            .twoReadings(FieldWords.sentence(identity.fields), FieldWords.sentence($0.fields))
        }
    }

    /// The device as a person has seen and taken it.
    package var seenByPerson: CapturedDevice {
        var device = self
        (device.rivals, device.isDisputed) = ([], false)
        return device
    }

    /// What is odd about the label, in words for the field.
    package var remarks: [String] {
        unused.map { "One code of the label is not used: \($0.explanation.what)" }
            + missing.map { "The label has another code that was not read: \($0)." }
    }

    /// The device that the code means, where exactly one of those that it may mean is expected.
    package func settled(by isExpected: (DeviceIdentity) -> Bool) -> CapturedDevice {
        guard !rivals.isEmpty else { return self }
        let expected = ([identity] + rivals).filter(isExpected)
        guard expected.count == 1 else { return self }
        var device = self
        (device.identity, device.rivals) = (expected[0], [])
        return device
    }

    package init(
        identity: DeviceIdentity, secrets: [String: Redacted<String>] = [:], unused: [LabelFailure] = [],
        missing: [String] = [], rivals: [DeviceIdentity] = [], isDisputed: Bool = false
    ) {
        self.identity = identity
        self.secrets = secrets
        self.unused = unused
        self.missing = missing
        self.rivals = rivals
        self.isDisputed = isDisputed
    }
}
