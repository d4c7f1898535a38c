import Canvas
package import Model

/// Delivering principals to the device: what this version can do, and what it cannot.
package struct HandOverScreen: Screen {
    private let lane: DeviceIdentifier
    private var facts: DeviceFacts?

    package init(_ lane: DeviceIdentifier) {
        self.lane = lane
    }

    package func offers(_ context: Context) -> [Offer] {
        [
            Offer(.writeCertificate, disabled: facts?.certificateChain == nil ? .reasonNoCertificate : nil),
            Offer(.back),
        ]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared, .storeChanged: return [.request(.loadDevice(lane))]
        case .answered(.deviceLoaded(let facts)):
            if facts.lane == lane { self.facts = facts }
            return []
        case .answered(.certificateWritten(let path)):
            return [.notice(Notice(.success, context.say(.certificateIn, path)))]
        case .act(.writeCertificate):
            let name = facts?.identity.displayName ?? lane.value
            return [.open(.text(TextScreen(.path, text: "\(name).pem")))]
        case .chose(.text(.path, let path)): return [.request(.writeCertificate(lane, path: path))]
        case .act(.back): return [.back(nil)]
        case .entered, .act, .move, .touched, .scanned, .chose, .answered, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        let has = facts?.certificateChain != nil
        return View(
            title: context.say(.actionHandOver),
            blocks: [
                .heading(facts?.identity.displayName ?? lane.value),
                .text(context.say(has ? .handOverReady : .handOverNothing), has ? .good : .warning),
                .text(context.say(.handOverToday), .normal), .text(context.say(.handOverLater), .hint),
            ])
    }
}
