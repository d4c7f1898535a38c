import Model
import TargetCore

/// What a read of a record gave.
enum Seen<Value: Codable & Equatable & Sendable>: Equatable, Sendable {
    case absent
    case present(Value)

    var value: Value? {
        if case .present(let value) = self { value } else { nil }
    }
}

/// Names of facts that targets of Azure keep.
enum AzureFact {
    static let absent = "absent"

    static let enrollment = TargetWork.readPrefix + "enrollment"
    static let group = TargetWork.readPrefix + "group"
    static let registration = TargetWork.readPrefix + "registration"
    static let hubDevice = TargetWork.readPrefix + "hubDevice"
    static let twin = TargetWork.readPrefix + "twin"
    /// Set by a read while undoing: what is there is as it was left.
    static let looked = TargetWork.readPrefix + "looked"

    /// What was there before anything was written.
    static let before = "before"
    /// ETag of what was written last.
    static let wroteEnrollment = "wrote.enrollment"
    static let wroteGroup = "wrote.group"
    static let wroteHubDevice = "wrote.hubDevice"
    static let wroteTwin = "wrote.twin"
    static let goneEnrollment = "gone.enrollment"
    static let goneRegistration = "gone.registration"
    static let goneHubDevice = "gone.hubDevice"
    /// Where the device was assigned; kept when the record is deleted.
    static let hub = "known.hub"
    static let hubDeviceID = "known.hubDeviceID"
    static let undone = "undone"

    static let yes = "yes"

    /// A record for a fact.
    static func text(_ value: some Encodable) -> String {
        String(decoding: CloudCall.json(value), as: UTF8.self)
    }
}

/// A work's facts as the records that they were made of.
struct AzureJournal {
    let work: TargetWork
    let enrollment: Seen<IndividualEnrollment>?
    let group: Seen<EnrollmentGroup>?
    let registration: Seen<DeviceRegistrationState>?
    let hubDevice: Seen<HubDevice>?
    let twin: Seen<HubTwin>?

    init(work: TargetWork) {
        self.work = work
        enrollment = Self.seen(AzureFact.enrollment, work)
        group = Self.seen(AzureFact.group, work)
        registration = Self.seen(AzureFact.registration, work)
        hubDevice = Self.seen(AzureFact.hubDevice, work)
        twin = Self.seen(AzureFact.twin, work)
    }

    var before: Seen<IndividualEnrollment>? { Self.seen(AzureFact.before, work) }
    var hubDeviceBefore: Seen<HubDevice>? { Self.seen(AzureFact.before, work) }

    func has(_ fact: String) -> Bool { work.facts[fact] != nil }

    /// Whether the record is as this work has left it.
    func wrote(_ fact: String, _ etag: String?) -> Bool {
        work.facts[fact].map { $0 == etag ?? "" } ?? false
    }

    /// Keys of the record of that version, if they are held.
    func keys(_ record: SecretName, _ etag: String?) -> (
        primary: Redacted<String>, secondary: Redacted<String>
    )? {
        guard let primary = work.secrets[record.primary(etag)],
            let secondary = work.secrets[record.secondary(etag)]
        else { return nil }
        return (primary, secondary)
    }

    /// A fact that cannot be read counts as none, so that the record is read anew.
    private static func seen<Value>(_ fact: String, _ work: TargetWork) -> Seen<Value>? {
        guard let text = work.facts[fact] else { return nil }
        if text == AzureFact.absent { return .absent }
        return openJSON(Value.self, Array(text.utf8)).map(Seen.present)
    }
}

/// Names of secrets, with the version of the record that they were read of.
enum SecretName: String {
    case enrollment, group, hubDevice

    func primary(_ etag: String?) -> String { "\(rawValue).primary.\(etag ?? "")" }
    func secondary(_ etag: String?) -> String { "\(rawValue).secondary.\(etag ?? "")" }
}
