import Screens
import Synchronization
import Terminal

/// What came back from work elsewhere, for the thread that owns the terminal.
final class Mailbox: Sendable {
    private let events = Mutex<[AppEvent]>([])
    private let wake: @Sendable () -> Void

    /// - Parameter wake: called after each event; ends a wait of the terminal.
    init(wake: @escaping @Sendable () -> Void) {
        self.wake = wake
    }

    func post(_ event: AppEvent) {
        events.withLock { $0.append(event) }
        wake()
    }

    /// Everything that came since the last call, in its order. Of several pictures of the camera, and of several changes of
    /// the store, the newest is enough.
    func take() -> [AppEvent] {
        let taken = events.withLock { events in
            defer { events = [] }
            return events
        }
        let (picture, change) = (taken.lastIndex(where: Self.isPicture), taken.lastIndex(of: .storeChanged))
        return taken.enumerated().filter { index, event in
            Self.isPicture(event) ? index == picture : event != .storeChanged || index == change
        }.map(\.element)
    }

    private static func isPicture(_ event: AppEvent) -> Bool {
        if case .answered(.cameraSees) = event { true } else { false }
    }
}
