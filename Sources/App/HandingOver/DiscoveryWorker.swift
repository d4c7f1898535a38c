import HandOver
import Processes

/// Looks round the network on a thread of its own.
actor DiscoveryWorker {
    private let executor = BlockingExecutor(label: "discovery")
    private let discovery: Discovery

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ context: CommandContext) {
        discovery = Discovery(context: context)
    }

    func devices() throws -> [DiscoveredDevice] { try discovery.devices() }
}
