import Model

/// What can be done, and why not.
extension VerifyScreen {
    package func offers(_ context: Context) -> [Offer] {
        let busy: Phrase? = phase == .running ? .reasonVerifying : nil
        return [
            Offer(.start, disabled: busy ?? missing), Offer(.askTarget, disabled: busy ?? missingTarget),
            Offer(.askDevice, disabled: busy ?? missingDevice(context)), Offer(.way, disabled: busy),
            Offer(.keyFile, disabled: busy), Offer(.service, disabled: busy), Offer(.root, disabled: busy),
            Offer(.interrupt, disabled: busy ?? (asksInterruption ? nil : .reasonNothingToInterrupt)),
            Offer(.back),
        ]
    }

    /// What has to be said before Muster can try anything.
    var missing: Phrase? {
        if facts == nil { return .reasonStillLooking }
        if endpoint == nil { return .reasonNoService }
        let isKnown = wish.root != nil || (wish.endpoint == nil && facts?.hasRoots ?? false)
        return isKnown ? nil : .reasonNoRoot
    }

    /// Why its target cannot be asked.
    var missingTarget: Phrase? {
        guard let device, let facts else { return .reasonStillLooking }
        if device.state == nil, device.history.isEmpty { return .reasonNotClaimed }
        guard facts.canAskTarget else { return .reasonNoTarget }
        return facts.question == nil ? nil : .reasonAskedAlready
    }

    /// Why the device cannot be asked.
    func missingDevice(_ context: Context) -> Phrase? {
        guard let device else { return .reasonStillLooking }
        guard device.certificateChain != nil else { return .reasonNoCertificate }
        guard let way = way(context) else { return .reasonNoWayKnown }
        return way.missingToAsk
    }

    /// Whether an interruption of the device has to be allowed before it is tried.
    var asksInterruption: Bool {
        guard case .ended(.notTried(let explanation)) = phase else { return false }
        return explanation.id == WitnessError.mayInterruptID
    }

    /// Whether the registrar did not take what was saved.
    var isRefused: Bool { kept?.mark == .needsYou }

    /// What the large button stands for.
    var mainAction: Action {
        guard case .ended(let end) = phase else { return .start }
        if isRefused { return .open }
        if case .awaited = end, kept?.mark != .closed { return .sync }
        return switch witness {
        case .muster: .start
        case .target: .askTarget
        case .device: .askDevice
        }
    }
}
