import Glibc
import Model
import Processes
import ScanProtocol
import Scanning
import TestSupport
import Testing

/// What an intruder in the worker can do: `evil-worker` is confined as `muster-decode` is and tries.
struct ConfinementTests {
    /// After each of these the same bytes are read by a good worker.
    private func expectGoodWorkerStillReads() async throws {
        let label = try #require(SampleLabel.all.first { $0.file == "gs1-gateway.png" })
        #expect(try await Worker.scanner().scan(try label.bytes).symbols.count == 1)
    }

    private func answer(of scanner: Scanner) async throws -> String {
        do {
            _ = try await scanner.scan([1])
        } catch ScanError.corrupt(let reason) {
            return reason
        }
        return "a reading"
    }

    @Test(arguments: [
        ["openSocket", "1"], ["openSocket", "2"], ["openSocket", "16"], ["connectTCP", "9"],
        ["connectAbstract", "muster-test"], ["fork"], ["execute"], ["trace"], ["killParent"],
        ["makeExecutable"], ["mapExecutable"], ["foreignCall"],
    ])
    func `a deed that no decoder does ends the worker`(_ deed: [String]) async throws {
        let scanner = Scanner(worker: Worker.evil, arguments: deed, timeout: .seconds(60))
        await #expect(throws: ScanError.workerForbidden) { try await scanner.scan([1]) }
        try await expectGoodWorkerStillReads()
    }

    @Test(arguments: [
        ("readPasswords", "EACCES"), ("floodOutput", "EPERM"), ("raiseLimit", "EPERM"),
        ("readDescriptors", "0 readable"),
    ])
    func `what libraries too might try is refused`(_ deed: String, _ expected: String) async throws {
        #expect(try await answer(of: Worker.evilScanner(deed)) == expected)
        try await expectGoodWorkerStillReads()
    }

    @Test func `no file is made`() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/made"
        #expect(try await answer(of: Worker.evilScanner("createFile", path)) == "EACCES")
        #expect(try Files.status(path) == nil)
    }

    @Test func `a picture that was opened for writing too stays as it is`() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/picture"
        try Files.writeAtomically([1, 2, 3], to: path)
        let file = try Files.open(path, [.read, .write])
        let scanner = Worker.evilScanner("writePicture")
        await #expect(throws: ScanError.corrupt(reason: "EACCES")) { try await scanner.scan(file: file) }
        #expect(try Files.read(path, limit: 10) == [1, 2, 3])
    }

    @Test func `memory without end is refused at the limit`() async throws {
        let words = try await answer(of: Worker.evilScanner("takeMemory"))
        let mebibytes = try #require(words.split(separator: " ").first.flatMap { Int($0) })
        #expect((1..<400).contains(mebibytes))
    }

    @Test func `a loop without end is ended by the processor's limit, also when nobody waits`() async throws {
        let scanner = Worker.evilScanner("loop", timeout: .seconds(600))
        await #expect(throws: ScanError.timedOut) { try await scanner.scan([1]) }
        try await expectGoodWorkerStillReads()
    }

    @Test func `a worker that waits for ever is given up and ended`() async throws {
        let scanner = Worker.evilScanner("stall", timeout: .milliseconds(300))
        await #expect(throws: ScanError.timedOut) { try await scanner.scan([1]) }
        #expect(scanner.workerProcessID == nil)
    }

    @Test func `an engine that aborts is a crash of its own kind`() async throws {
        let scanner = Worker.evilScanner("abort")
        await #expect(throws: ScanError.workerCrashed) { try await scanner.scan([1]) }
        try await expectGoodWorkerStillReads()
    }

    @Test(arguments: ["floodSocket", "announceTooMuch", "garbage"])
    func `an answer that is none is a crash`(_ deed: String) async throws {
        let scanner = Worker.evilScanner(deed)
        for _ in 0..<2 {
            await #expect(throws: ScanError.workerCrashed) { try await scanner.scan([1]) }
        }
        #expect(scanner.workerProcessID == nil)
    }

    @Test func `an answer that nobody asked for is not taken for that of the next picture`() async throws {
        let scanner = Worker.evilScanner("answerTwice")
        #expect(try await answer(of: scanner) == "first answer")
        // Either it lies there already, and a fresh worker is asked, or it comes in place of the real one.
        do {
            #expect(try await answer(of: scanner) == "first answer")
        } catch {
            #expect(error as? ScanError == .workerCrashed)
        }
    }
}

/// The real worker where the kernel lacks a layer.
struct OldKernelTests {
    private func scanner(_ lack: String) -> Scanner {
        Scanner(worker: Worker.evil, arguments: [lack, Worker.path], timeout: .seconds(60))
    }

    @Test func `without Landlock pictures are read behind the filter alone`() async throws {
        let scanner = scanner("--without-landlock")
        #expect(try await scanner.scan(try Fixture.bytes("qr.jpg")).symbols.count == 1)
    }

    @Test func `without filters no picture is looked at, and it is said why`() async throws {
        let scanner = scanner("--without-filters")
        let bytes = try Fixture.bytes("qr.jpg")
        for _ in 0..<2 {
            let error = await #expect(throws: ScanError.self) { try await scanner.scan(bytes) }
            guard case .unconfined(let reason) = error else {
                Issue.record("it was \(error.debugDescription)")
                return
            }
            #expect(reason.contains("seccomp"))
        }
        #expect(scanner.workerProcessID == nil)
    }
}

/// Landlock alone, without the filter that would answer first.
struct LandlockTests {
    private func answer(_ arguments: String...) async throws -> String {
        let scanner = Scanner(
            worker: Worker.evil, arguments: arguments + ["--landlock-only"], timeout: .seconds(60))
        do {
            _ = try await scanner.scan([1])
        } catch ScanError.corrupt(let reason) {
            return reason
        }
        return "a reading"
    }

    private func version() async throws -> Int {
        try #require(Int(try await answer("sayVersion", "")))
    }

    @Test func `no file is read or made`() async throws {
        guard try await version() >= 1 else { return }
        let folder = try TemporaryDirectory()
        #expect(try await answer("readPasswords", "") == "EACCES")
        #expect(try await answer("createFile", folder.path + "/made") == "EACCES")
        #expect(try Files.status(folder.path + "/made") == nil)
    }

    @Test func `no TCP connection is made`() async throws {
        guard try await version() >= 4 else { return }
        #expect(try await answer("connectTCP", "9") == "EACCES")
    }

    @Test func `neither an abstract socket nor another process is reached`() async throws {
        guard try await version() >= 6 else { return }
        let name = "muster-test-\(getpid())"
        let listener = try AbstractListener(name: name)
        #expect(try await answer("connectAbstract", name) == "EPERM")
        withExtendedLifetime(listener) {}
        #expect(try await answer("killParent", "\(getpid())") == "EPERM")
    }
}

/// A socket that anyone could reach by its abstract name (`unix(7)`).
private final class AbstractListener {
    private let number: Int32

    init(name: String) throws {
        number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            for (index, byte) in name.utf8.enumerated() { path[1 + index] = byte }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, length) }
        }
        try #require(bound == 0 && listen(number, 1) == 0)
    }

    deinit { close(number) }
}
