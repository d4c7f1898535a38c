import Glibc
import Model
import Processes
import ScanProtocol
import Scanning
import Synchronization
import TestSupport
import Testing

struct ScannerPoolTests {
    private func pool(_ workers: Int, worker: String = Worker.path) -> ScannerPool {
        ScannerPool(worker: worker, timeout: .seconds(60), workers: workers)
    }

    private let wish = PictureWish(effort: .quick)

    /// Pages of different sizes, so that the later ones are ready first.
    private func picture(_ index: Int) -> PictureSource {
        let side = index % 3 == 0 ? 900 : 20 + index
        return .bytes(Array("P5\n\(side) \(side)\n255\n".utf8) + [UInt8](repeating: 255, count: side * side))
    }

    @Test func `readings come in the order of the items, by no more workers than allowed`() async throws {
        let pool = pool(2)
        let processes = Mutex<Set<Int32>>([])
        var order: [Int] = []
        var widths: [Int] = []
        try await pool.scan(0..<20, wish: wish) { index in
            let now = pool.workerProcessIDs
            processes.withLock { $0.formUnion(now) }
            return picture(index)
        } deliver: { index, result in
            order.append(index)
            widths.append(try result.get().width)
        }
        #expect(order == Array(0..<20))
        #expect(widths == (0..<20).map { $0 % 3 == 0 ? 900 : 20 + $0 })
        #expect(processes.withLock { $0.count } == 2, "both worked, and none was replaced")
        await pool.stop()
        #expect(pool.workerProcessIDs.isEmpty)
    }

    @Test func `no more pictures are opened ahead than twice the workers`() async throws {
        let opened = Mutex(0)
        var delivered = 0
        try await pool(2).scan(0..<30, wish: wish) { index in
            opened.withLock { $0 += 1 }
            return picture(index)
        } deliver: { _, _ in
            #expect(opened.withLock { $0 } - delivered <= 4)
            delivered += 1
        }
        #expect(delivered == 30)
    }

    @Test func `a picture that ends its worker takes no other with it`() async throws {
        let pool = pool(2)
        var failures: [Int: ScanError] = [:]
        var readings: [Int] = []
        try await pool.scan(0..<12, wish: wish) { index in
            index == 5 ? .bytes(try slow()) : picture(index)
        } deliver: { index, result in
            // The slow one is the only that still runs when those before it are delivered.
            if index == 4 { for process in pool.workerProcessIDs { kill(process, SIGKILL) } }
            do {
                _ = try result.get()
                readings.append(index)
            } catch let error as ScanError {
                failures[index] = error
            }
        }
        #expect(readings.count + failures.count == 12)
        #expect(failures.values.allSatisfy { $0 == .workerCrashed })
        #expect(failures.count <= 2, "at most those that the two workers looked at")
        #expect(readings.contains(11))
    }

    @Test func `an item that cannot be opened is a failure of its own`() async throws {
        var seen: [Int: SystemError] = [:]
        var readings = 0
        try await pool(2).scan(0..<6, wish: wish) { index in
            guard index != 3 else { return .file(try Files.open("/nowhere/picture", [.read])) }
            return picture(index)
        } deliver: { index, result in
            do {
                _ = try result.get()
                readings += 1
            } catch let error as SystemError {
                seen[index] = error
            }
        }
        #expect(seen == [3: .missing(path: "/nowhere/picture")])
        #expect(readings == 5)
    }

    @Test func `no items are no work`() async throws {
        let pool = pool(2)
        try await pool.scan([Int](), wish: wish) {
            picture($0)
        } deliver: { _, _ in
            Issue.record("delivered")
        }
        #expect(pool.workerProcessIDs.isEmpty)
    }

    @Test func `what the receiver throws ends the scan and its workers`() async throws {
        struct Enough: Error {}
        let pool = pool(2)
        await #expect(throws: Enough.self) {
            try await pool.scan(0..<1000, wish: wish) {
                picture($0)
            } deliver: { index, _ in
                if index == 2 { throw Enough() }
            }
        }
        #expect(pool.workerProcessIDs.isEmpty)
    }

    @Test func `a cancelled scan ends workers that stall, and the pool serves again`() async throws {
        let stalling = ScannerPool(
            worker: Worker.evil, arguments: ["stall"], timeout: .seconds(600), workers: 2)
        let (started, signal) = AsyncStream.makeStream(of: Void.self)
        let scan = Task {
            try await stalling.scan(0..<10) { index in
                signal.yield()
                return picture(index)
            } deliver: { _, _ in
            }
        }
        var opened = started.makeAsyncIterator()
        await opened.next()
        scan.cancel()
        await #expect(throws: CancellationError.self) { try await scan.value }
        #expect(stalling.workerProcessIDs.isEmpty)

        let pool = pool(1)
        let cancelled = Task {
            try await pool.scan(0..<3) {
                picture($0)
            } deliver: { _, _ in
            }
        }
        cancelled.cancel()
        _ = await cancelled.result
        var readings = 0
        try await pool.scan(0..<3, wish: wish) {
            picture($0)
        } deliver: { _, result in
            _ = try result.get()
            readings += 1
        }
        #expect(readings == 3)
    }

    /// A white page that keeps a worker busy for a while.
    private func slow() throws -> [UInt8] {
        Array("P5\n3000 3000\n255\n".utf8) + [UInt8](repeating: 255, count: 9_000_000)
    }
}
