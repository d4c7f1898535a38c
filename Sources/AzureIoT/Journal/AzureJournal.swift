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
