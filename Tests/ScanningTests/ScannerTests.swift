import Glibc
import Model
import Processes
import ScanProtocol
import Scanning
import Testing

struct ScannerTests {
    private func sample(_ file: String) throws -> [UInt8] {
        try #require(SampleLabel.all.first { $0.file == file }).bytes
    }

    @Test func `one worker serves picture after picture`() async throws {
        let scanner = Scanner(worker: Worker.path, timeout: .seconds(60))
        let picture = try sample("gs1-gateway.png")
        _ = try await scanner.scan(picture)
        let first = scanner.workerProcessID
        let again = try await scanner.scan(picture)

        #expect(again.symbols.count == 1)
        #expect(first != nil)
        #expect(scanner.workerProcessID == first)
    }

    @Test func `a grey copy comes along when it is wished`() async throws {
        let scanner = Scanner(worker: Worker.path, timeout: .seconds(60))
        let jpeg = try sample("json-gateway.jpg")
        let picture = try await scanner.scan(jpeg, wish: PictureWish(effort: .quick, copySide: 320))

        #expect(picture.width == 940 && picture.height == 700)
        #expect(picture.symbols.count == 1)
        let copy = try #require(picture.copy)
        #expect(copy.width == 320 && copy.height == 238 && copy.pixels.count == 320 * 238)
        // Dark table in the corner, light label in the middle of its upper half.
        #expect(copy.pixels[0] < 100 && copy.pixels[60 * 320 + 120] > 180)
        #expect(try await scanner.scan(jpeg).copy == nil)
    }

    @Test func `a picture that cannot be read is a typed failure, and the next one is read`() async throws {
        let scanner = Scanner(worker: Worker.path, timeout: .seconds(60))
        await #expect(throws: ScanError.notAPicture) { try await scanner.scan(Array("S/N 1".utf8)) }
        await #expect(throws: ScanError.notAPicture) { try await scanner.scan([]) }
        let jpeg = try sample("lorawan-sensor.jpg")
        await #expect(throws: ScanError.corrupt(reason: "the picture is cut short")) {
            try await scanner.scan(Array(jpeg.prefix(jpeg.count / 2)))
        }
        let wide = Array("P5\n20000 20000\n255\n".utf8)
        await #expect(throws: ScanError.tooLarge) { try await scanner.scan(wide) }

        #expect(try await scanner.scan(jpeg).symbols.count == 1)
    }

    @Test func `a killed worker is replaced for the next picture`() async throws {
        let scanner = Scanner(worker: Worker.path, timeout: .seconds(60))
        let picture = try sample("gs1-gateway.png")
        _ = try await scanner.scan(picture)
        let killed = try #require(scanner.workerProcessID)
        kill(killed, SIGKILL)

        // The kernel may be slower with the death than this test: then this picture is the one that fails.
        do {
            #expect(try await scanner.scan(picture).symbols.count == 1)
        } catch ScanError.workerCrashed {}
        #expect(try await scanner.scan(picture).symbols.count == 1)
        #expect(scanner.workerProcessID != killed)
    }

    @Test func `a worker that ends at once is a crash, each time`() async throws {
        let scanner = Scanner(worker: "/bin/false", timeout: .seconds(60))
        for _ in 0..<3 {
            await #expect(throws: ScanError.workerCrashed) { try await scanner.scan([1, 2, 3]) }
        }
    }

    @Test func `a worker that answers no answer is a crash`() async throws {
        let scanner = Scanner(
            worker: "/bin/sh",
            arguments: ["-c", "printf '\\0\\0\\0\\0\\0\\0\\0\\001\\011' >&3; exec sleep 1000"],
            timeout: .seconds(60))
        await #expect(throws: ScanError.workerCrashed) { try await scanner.scan([1, 2, 3]) }
    }

    @Test func `a worker that announces an endless answer is a crash`() async throws {
        let scanner = Scanner(
            worker: "/bin/sh",
            arguments: ["-c", "printf '\\377\\377\\377\\377\\377\\377\\377\\377' >&3; exec sleep 1000"],
            timeout: .seconds(60))
        await #expect(throws: ScanError.workerCrashed) { try await scanner.scan([1, 2, 3]) }
    }

    @Test func `a worker that never answers is given up, and ended`() async throws {
        let scanner = Scanner(worker: "/bin/sleep", arguments: ["1000"], timeout: .milliseconds(200))
        await #expect(throws: ScanError.timedOut) { try await scanner.scan([1, 2, 3]) }
        #expect(scanner.workerProcessID == nil)
    }

    @Test func `a worker that never reads is given up too`() async throws {
        let scanner = Scanner(worker: "/bin/sleep", arguments: ["1000"], timeout: .milliseconds(200))
        await #expect(throws: ScanError.timedOut) {
            try await scanner.scan([UInt8](repeating: 0, count: 8 << 20))
        }
    }

    @Test func `a missing worker is named`() async throws {
        let scanner = Scanner(worker: "/nowhere/muster-decode", timeout: .seconds(60))
        await #expect(throws: ScanError.workerMissing(path: "/nowhere/muster-decode")) {
            try await scanner.scan([1])
        }
    }

    @Test func `the worker ends when its scanner has gone`() async throws {
        var scanner: Scanner? = Scanner(worker: Worker.path, timeout: .seconds(60))
        _ = try await scanner?.scan(try sample("gs1-gateway.png"))
        let worker = try #require(scanner?.workerProcessID)
        scanner = nil
        #expect(scanner == nil)
        #expect(kill(worker, 0) == -1)
    }

    @Test func `the worker has given up new privileges, files and core dumps`() async throws {
        let scanner = Scanner(worker: Worker.path, timeout: .seconds(60))
        _ = try await scanner.scan(try sample("gs1-gateway.png"))
        let worker = try #require(scanner.workerProcessID)
        let status = try text("/proc/\(worker)/status")
        let limits = try text("/proc/\(worker)/limits").split(separator: " ").joined(separator: " ")

        #expect(status.contains("NoNewPrivs:\t1"))
        #expect(limits.contains("Max core file size 0 0"))
        #expect(limits.contains("Max file size 0 0"))
        #expect(limits.contains("Max open files 8 8"))
        #expect(limits.contains("Max address space 402653184 402653184"))
    }

    @Test func `the worker started by hand says what it is`() throws {
        let run = try Child.run(Worker.path, timeout: .seconds(60))
        #expect(run.status == .exited(64))
        #expect(run.errorsText == "muster-decode is started by muster; it reads pictures from a socket\n")
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try Files.read(path, limit: 1 << 16), as: UTF8.self)
    }
}

struct ScanErrorTests {
    @Test(arguments: [
        ScanError.notAPicture, .tooLarge, .corrupt(reason: "cut"), .workerCrashed, .timedOut,
        .workerMissing(path: "/a"), .notAFile(.pipe), .unreadable(.diskFull(path: "")), .workerForbidden,
        .unconfined(reason: "seccomp"),
    ])
    func `every error says what failed and what to do`(_ error: ScanError) {
        #expect(!error.explanation.id.isEmpty)
        #expect(!error.explanation.what.isEmpty)
        #expect(!error.explanation.nextStep.isEmpty)
    }
}
