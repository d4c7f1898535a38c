internal import Processes
package import ScanProtocol
internal import Synchronization

/// Reads many pictures with several workers at once and delivers what they show in the order of the pictures.
///
/// Pictures are opened one by one as workers become free, at most twice as many ahead of the one that is
/// delivered next as there are workers, so that neither their bytes nor their readings pile up. A pool does one
/// scan at a time.
package struct ScannerPool: Sendable {
    private let scanners: [Scanner]

    /// - Parameters:
    ///   - worker: path of the program; each is started with its first picture.
    ///   - arguments: what tells it where its socket is.
    ///   - timeout: the longest that one picture may take.
    ///   - workers: how many at once, such as the number of processors; at least one.
    package init(worker: String, arguments: [String] = ["--socket"], timeout: Duration, workers: Int) {
        scanners = (0..<max(1, workers)).map { _ in
            Scanner(worker: worker, arguments: arguments, timeout: timeout)
        }
    }

    /// The processes that serve now.
    package var workerProcessIDs: [Int32] { scanners.compactMap(\.workerProcessID) }

    /// Scans the pictures of all items.
    ///
    /// - Parameters:
    ///   - items: one for each picture, such as its path.
    ///   - wish: what is asked of each.
    ///   - isolation: whoever calls; `deliver` runs there.
    ///   - open: gives the picture of an item, on a thread of its own choosing; what it throws is the item's
    ///     failure and stops nothing.
    ///   - deliver: is given every item in order, with its reading or its failure; what it throws ends the
    ///     scan.
    /// - Throws: what `deliver` throws, and `CancellationError` when the task was cancelled: then the
    ///   workers are ended and what they looked at is lost.
    package func scan<Items: Sequence>(
        _ items: Items, wish: PictureWish = PictureWish(), isolation: isolated (any Actor)? = #isolation,
        open: @escaping @Sendable (Items.Element) async throws -> PictureSource,
        deliver: (Items.Element, Result<ScannedPicture, any Error>) async throws -> Void
    ) async throws where Items.Element: Sendable {
        var iterator = items.makeIterator()
        try await run({ iterator.next() }, wish, isolation, open: open, deliver: deliver)
    }

    /// Ends the workers.
    package func stop() async {
        for scanner in scanners { await scanner.stop() }
    }

    // MARK: The order

    private func run<Item: Sendable>(
        _ next: () -> Item?, _ wish: PictureWish, _ isolation: isolated (any Actor)?,
        open: @escaping @Sendable (Item) async throws -> PictureSource,
        deliver: (Item, Result<ScannedPicture, any Error>) async throws -> Void
    ) async throws {
        for scanner in scanners { scanner.resume() }
        do {
            try await withTaskCancellationHandler {
                try await withThrowingTaskGroup(of: LookedAt<Item>.self, isolation: isolation) { group in
                    try await pass(next, to: &group, wish, isolation, open: open, deliver: deliver)
                }
            } onCancel: {
                interrupt()
            }
        } catch {
            await stop()
            throw error
        }
    }

    private func pass<Item: Sendable>(
        _ next: () -> Item?, to group: inout ThrowingTaskGroup<LookedAt<Item>, any Error>,
        _ wish: PictureWish, _ isolation: isolated (any Actor)?,
        open: @escaping @Sendable (Item) async throws -> PictureSource,
        deliver: (Item, Result<ScannedPicture, any Error>) async throws -> Void
    ) async throws {
        var order = DeliveryOrder<Item>(workers: scanners.count)
        do {
            while true {
                while order.takesMore, let item = next() {
                    let (index, worker) = order.begin()
                    group.addTask { await look(item, index, worker, wish, open) }
                }
                order.isLast = order.isLast || order.takesMore
                guard let done = try await group.next() else { return }
                try Task.checkCancellation()
                order.end(done)
                while let first = order.nextInLine() { try await deliver(first.item, first.result) }
            }
        } catch {
            // The group waits for those that still look: they are not to go on.
            interrupt()
            throw error
        }
    }

    private func interrupt() {
        for scanner in scanners { scanner.interrupt() }
    }

    private func look<Item: Sendable>(
        _ item: Item, _ index: Int, _ worker: Int, _ wish: PictureWish,
        _ open: @Sendable (Item) async throws -> PictureSource
    ) async -> LookedAt<Item> {
        let result: Result<ScannedPicture, any Error>
        do {
            result = .success(try await scanners[worker].scan(try await open(item), wish: wish))
        } catch {
            result = .failure(error)
        }
        return LookedAt(index: index, worker: worker, item: item, result: result)
    }
}

/// A picture that is done, and the worker that is free again.
private struct LookedAt<Item: Sendable>: Sendable {
    var index: Int
    var worker: Int
    var item: Item
    var result: Result<ScannedPicture, any Error>
}

/// Which worker gets the next item, and which reading is delivered next.
private struct DeliveryOrder<Item: Sendable> {
    private let most: Int
    private var idle: [Int]
    private var begun = 0
    private var delivered = 0
    private var waiting: [Int: LookedAt<Item>] = [:]
    /// Set when there is no further item.
    var isLast = false

    init(workers: Int) {
        idle = Array(0..<workers)
        most = 2 * workers
    }

    var takesMore: Bool { !isLast && !idle.isEmpty && begun - delivered < most }

    mutating func begin() -> (index: Int, worker: Int) {
        defer { begun += 1 }
        return (begun, idle.removeLast())
    }

    mutating func end(_ done: LookedAt<Item>) {
        idle.append(done.worker)
        waiting[done.index] = done
    }

    mutating func nextInLine() -> LookedAt<Item>? {
        guard let first = waiting.removeValue(forKey: delivered) else { return nil }
        delivered += 1
        return first
    }
}
