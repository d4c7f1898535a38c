/// What a target would refuse or punish later, found before it is asked.
package struct TargetFinding: Codable, Equatable, Sendable {
    package enum Weight: String, Codable, Sendable {
        /// The target would refuse it, or the device could never connect.
        case refused
        /// It works, and somebody will regret it.
        case warned
    }

    /// Stable and searchable, in snake_case, such as `aws_thing_name_characters`.
    package var code: String
    package var weight: Weight
    package var what: String
    package var nextStep: String

    package init(_ code: String, _ weight: Weight = .refused, what: String, nextStep: String) {
        self.code = code
        self.weight = weight
        self.what = what
        self.nextStep = nextStep
    }

    /// What it is and what to do, each a sentence with its full stop.
    package var words: String {
        [what, nextStep].map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
    }
}
