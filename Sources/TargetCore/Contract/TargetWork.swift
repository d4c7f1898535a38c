package import Model

/// One intent for one device at one target, with everything that has been learned on the way: the journal entry of a
/// provisioning that takes many calls.
package struct TargetWork: Codable, Equatable, Sendable {
    /// The operation that it is done for; also the idempotency key where a target takes one.
    package var workID: String
    package var intent: TargetIntent
    package var device: TargetDevice
    /// What answers have taught, by names that the target chooses; free of secrets.
    package var facts: [String: String]
    /// Secrets that answers have taught. They are not encoded: after a crash they are asked for again.
    package var secrets: [String: Redacted<String>]
    /// The doubling or creating call that was sent and whose answer is not known. Kept before sending, so that what it may
    /// have made is looked for before it is made again. Calls that may be repeated safely never stand here.
    package var sent: String?
    /// Whether a call was sent that may have changed something at the target. Kept before the first such call is sent; until
    /// then the work can be done elsewhere, and nothing of it is left here.
    package internal(set) var hasBegun: Bool
    /// Whether the call that is under way is the first of these.
    var isBeginning = false
    /// Whether works of many devices are in hand at the target, and it answers. What a target makes then without a look may
    /// cost a doubt where the target is lost that very moment, and saves a call for each device. Whoever performs says so
    /// before each step; it is not encoded.
    package var isInCompany = false
    /// Answers in a row that were faults to be tried again.
    package var faultsInRow: Int
    /// Why the work is being undone.
    package var fault: TargetFault?
    /// What could not be undone, in sentences.
    package var leftovers: [String]

    package init(
        workID: String, intent: TargetIntent, device: TargetDevice, facts: [String: String] = [:]
    ) {
        self.workID = workID
        self.intent = intent
        self.device = device
        self.facts = facts
        secrets = [:]
        hasBegun = false
        faultsInRow = 0
        leftovers = []
    }

    private enum CodingKeys: String, CodingKey {
        case workID, intent, device, facts, sent, hasBegun, faultsInRow, fault, leftovers
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        workID = try container.decode(String.self, forKey: .workID)
        intent = try container.decode(TargetIntent.self, forKey: .intent)
        device = try container.decode(TargetDevice.self, forKey: .device)
        facts = try container.decode([String: String].self, forKey: .facts)
        secrets = [:]
        sent = try container.decodeIfPresent(String.self, forKey: .sent)
        // What an earlier version has kept may have begun.
        hasBegun = try container.decodeIfPresent(Bool.self, forKey: .hasBegun) ?? true
        faultsInRow = try container.decode(Int.self, forKey: .faultsInRow)
        fault = try container.decodeIfPresent(TargetFault.self, forKey: .fault)
        leftovers = try container.decode([String].self, forKey: .leftovers)
    }

    /// Whether nothing was sent that may have left anything at the target.
    package var isUntouched: Bool { !hasBegun && sent == nil && fault == nil && leftovers.isEmpty }

    /// Whether this call was sent before, nobody knows what came of it, and it has not been looked for to the end.
    package func isInDoubt(_ call: String) -> Bool {
        sent == call && facts[Self.lookedPrefix + call] == nil
    }
}
