package import Model

/// Where a device is placed, and why.
package struct PlacementAnswer: Codable, Equatable, Sendable {
    /// What the placement means for the device.
    package enum Change: String, Codable, CaseIterable, Sendable {
        /// It had no target.
        case new
        case stays
        /// It moves, with what its target holds of it.
        case migrate
        /// It moves and starts afresh.
        case reset
        /// No target can take it.
        case none
    }

    /// One candidate, and what spoke for or against it.
    package struct Considered: Codable, Equatable, Sendable {
        package var target: TargetID
        package var note: String

        package init(_ target: TargetID, _ note: String) {
            self.target = target
            self.note = note
        }
    }

    /// `nil` when no target can take it.
    package var target: TargetID?
    package var change: Change
    /// Where it was, when it moves.
    package var from: TargetID?
    /// One sentence: `eu-north: nearest to site tromso (12 ms); eu-west has weight 0`.
    package var reason: String
    /// Every candidate, in the order of the rules' preference.
    package var considered: [Considered]
}

extension PlacementAnswer {
    /// Where every device goes while no rules are set.
    package static let withoutRules = PlacementAnswer(
        target: .builtIn, change: .new, from: nil,
        reason: "\(TargetID.builtIn): no rules of placement are set", considered: [])
}
