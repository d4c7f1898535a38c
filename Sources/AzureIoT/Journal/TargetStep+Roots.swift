import Model
import TargetCore

extension TargetStep {
    /// The same, with the roots that the device believes its service by where it is let in.
    func givingServiceRoots(_ roots: String, for intent: TargetIntent) -> TargetStep {
        guard case .done(var outcome) = self, outcome.device?.standing == .enabled,
            [.provision, .rotate].contains(intent)
        else { return self }
        outcome.serviceRoots = roots
        return .done(outcome)
    }
}
