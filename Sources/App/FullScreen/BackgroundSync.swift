import Model
import Screens
import Store
import Sync

/// Keeps sending and fetching while the full screen is open, and tells it how the network is and when the store changed.
actor BackgroundSync {
    private let companion: Companion
    private let syncer: Syncer
    private let mailbox: Mailbox
    private var tasks: [Task<Void, Never>] = []

    /// How often the store is looked at for changes of other programs; this program tells of its own.
    private static let lookEvery = Duration.milliseconds(500)

    init(_ companion: Companion, _ mailbox: Mailbox) {
        self.companion = companion
        self.mailbox = mailbox
        syncer = Sender(companion).syncer()
    }

    func start() {
        let (syncer, mailbox, store) = (syncer, mailbox, companion.store)
        tasks = [
            Task {
                let summary = await syncer.run(until: .forever) { progress in
                    for news in progress.news { Self.tell(news, mailbox) }
                }
                for problem in summary.problems { Self.tell(.trouble(problem), mailbox) }
            },
            Task {
                var mark = try? await store.changeMark()
                while (try? await Task.sleep(for: Self.lookEvery)) != nil {
                    let now = try? await store.changeMark()
                    if now != mark { mailbox.post(.storeChanged) }
                    mark = now
                }
            },
        ]
    }

    func wake() async { await syncer.wake() }

    /// Returns once what travels has been recorded.
    func stop() async {
        tasks.forEach { $0.cancel() }
        for task in tasks { await task.value }
    }

    private static func tell(_ news: SyncNews, _ mailbox: Mailbox) {
        switch news {
        case .reached: mailbox.post(.answered(.networkChanged(.online)))
        case .confirmed:
            mailbox.post(.answered(.networkChanged(.online)))
            mailbox.post(.storeChanged)
        case .refused, .waits: mailbox.post(.storeChanged)
        case .trouble(let explanation): mailbox.post(.answered(.networkChanged(network(explanation))))
        case .anotherProcessSends: mailbox.post(.answered(.networkChanged(.elsewhere)))
        }
    }

    private static func network(_ explanation: Explanation) -> Network {
        switch explanation.id {
        case "signed_out", "not_authorised": .signedOut(explanation)
        case "captive_portal", "registrar_not_trusted": .stranger(explanation)
        default: .offline(explanation)
        }
    }
}
