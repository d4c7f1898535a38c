import CommandTable
import Model
import Processes
import Screens
import Store
import Sync
import SyncCore
import Synchronization

/// Keeps sending and fetching while the full screen is open, and tells it how the network is and when the store changed.
actor BackgroundSync {
    private let companion: Companion
    private let syncer: Syncer
    private let mailbox: Mailbox
    private var tasks: [Task<Void, Never>] = []
    /// Whether the registrar did not answer when it was last tried.
    private let isAway = Mutex(false)

    /// How often the store is looked at for changes of other programs; this program tells of its own.
    private static let lookEvery = Duration.milliseconds(500)

    /// How often the machine's routes are looked at.
    private static let routesEvery = Duration.seconds(3)

    init(_ companion: Companion, _ mailbox: Mailbox) {
        self.companion = companion
        self.mailbox = mailbox
        syncer = Sender(companion).syncer()
    }

    func start() {
        let (syncer, mailbox, store) = (syncer, mailbox, companion.store)
        let targets = EmbeddedTargets(companion: companion)
        tasks = [
            Task {
                let summary = await syncer.run(until: .forever) { progress in
                    for news in progress.news { self.tell(news) }
                }
                for problem in summary.problems { tell(.trouble(problem)) }
            },
            Task {
                var mark = try? await store.changeMark()
                while (try? await Task.sleep(for: Self.lookEvery)) != nil {
                    let now = try? await store.changeMark()
                    if now != mark { mailbox.post(.storeChanged) }
                    mark = now
                }
            },
            Task {
                var known = Self.routes()
                while (try? await Task.sleep(for: Self.routesEvery)) != nil {
                    let routes = Self.routes()
                    if routes != known { await syncer.networkChanged() }
                    known = routes
                }
            },
            Task { await targets.makeRounds() },
        ]
    }

    /// A person asks to sync now.
    func wake() async { await syncer.wake() }

    /// This program has saved something.
    func accepted() async { await syncer.accepted() }

    /// How long somebody who watches waits for what was saved: a target at work is soon done, a registrar that is away is not.
    private static let patience = Duration.seconds(20)
    private static let patienceAway = Duration.seconds(3)

    /// Waits until operations are settled, or it has taken too long, and says what that means.
    func settle(_ ids: [OperationID]) async throws -> ExitCode {
        await accepted()
        mailbox.post(.storeChanged)
        let start = ContinuousClock.now
        while ContinuousClock.now - start < (isAway.withLock { $0 } ? Self.patienceAway : Self.patience) {
            let code = try await Sender(companion).exitCode(of: ids, reached: true)
            if code != .savedNotConfirmed { return code }
            try await Task.sleep(for: Self.settlingEvery)
        }
        return try await Sender(companion).exitCode(of: ids, reached: true)
    }

    private static let settlingEvery = Duration.milliseconds(100)

    /// Where this machine can send to: interface, destination and gateway of each route, and its IPv6 addresses. A change
    /// means that a network came or went. Source: proc(5), `/proc/net/route` and `/proc/net/if_inet6`.
    private static func routes() -> [String] {
        func lines(_ path: String) -> [Substring] {
            let bytes = (try? Files.read(path, limit: 1 << 20)) ?? []
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        }
        return lines("/proc/net/route").map { $0.split(separator: "\t").prefix(3).joined(separator: " ") }
            + lines("/proc/net/if_inet6").map(String.init)
    }

    /// Returns once what travels has been recorded.
    func stop() async {
        tasks.forEach { $0.cancel() }
        for task in tasks { await task.value }
    }

    private nonisolated func tell(_ news: SyncNews) {
        switch news {
        case .reached, .confirmed: isAway.withLock { $0 = false }
        case .trouble: isAway.withLock { $0 = true }
        case .refused, .waits, .anotherProcessSends: break
        }
        switch news {
        case .reached: mailbox.post(.answered(.networkChanged(.online)))
        case .confirmed:
            mailbox.post(.answered(.networkChanged(.online)))
            mailbox.post(.storeChanged)
        case .refused, .waits: mailbox.post(.storeChanged)
        case .trouble(let explanation): mailbox.post(.answered(.networkChanged(Self.network(explanation))))
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
