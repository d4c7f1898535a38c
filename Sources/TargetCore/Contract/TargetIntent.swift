/// What is to be had from a target for one device. Every target understands every intent that its capabilities name.
package enum TargetIntent: String, Codable, CaseIterable, Sendable {
    /// Make the device known and let it in; again, when it is known already, with the same end.
    case provision
    /// Say what is known of the device, changing nothing.
    case describe
    /// Let the new certificate or key in beside the old one: make before break.
    case rotate
    /// Take the old certificate or key away after a rotation that the device has proven.
    case finishRotation
    /// Keep the device known and do not let it in.
    case disable
    /// Let it in again.
    case enable
    /// Make the device unknown.
    case remove
    /// Say whether the device has been seen there.
    case verifySeen
}
