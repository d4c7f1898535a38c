import Model
import TargetCore

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
    /// A creation was refused because of what is there already.
    static let exists = "known.exists"

    static let yes = "yes"

    /// A record for a fact.
    static func text(_ value: some Encodable) -> String {
        String(decoding: CloudCall.json(value), as: UTF8.self)
    }
}
