import Model
import TargetCore

/// Whose a hub's device is, written into its `statusReason`: the one text of the registry that is written
/// with it.
///
/// Tags would need a second call, and a device between the two would be nobody's. The tenant and device are
/// hashed, since the whole would not fit.
struct HubSign: Equatable, Sendable {
    private static let prefix = "muster"

    /// Of tenant and device.
    var owner: String
    /// Of the work that wrote last.
    var work: String

    init(_ work: TargetWork, _ digests: CloudDigests) {
        let device = work.device
        func hash(_ text: String, _ digits: Int) -> String {
            String(Hexadecimal.encode(digests.sha256(Array(text.utf8))).prefix(digits))
        }
        owner = hash("\(device.tenant)/\(device.deviceID)", 32)
        self.work = hash(work.workID, 16)
    }

    init?(reading text: String?) {
        let words = (text ?? "").split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == Self.prefix else { return nil }
        owner = String(words[1])
        work = String(words[2])
    }

    var text: String { "\(Self.prefix) \(owner) \(work)" }
}
