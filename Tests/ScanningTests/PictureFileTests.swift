import Glibc
import Model
import Processes
import ScanProtocol
import Scanning
import TestSupport
import Testing

/// Pictures given as an open file.
struct PictureFileTests {
    private let scanner = Worker.scanner()

    @Test func `an open file is read whole, wherever it was read to before`() async throws {
        let file = try Files.open(Fixture.path("qr.jpg"), [.read])
        _ = try file.read(upTo: 1000)
        #expect(try await scanner.scan(file: file).symbols.count == 1)
        #expect(try await scanner.scan(file: file).symbols.count == 1)
        // This side's place in the file has not moved.
        #expect(try file.read(upTo: 100_000).count == (try Fixture.bytes("qr.jpg").count) - 1000)
    }

    @Test func `the same picture reads alike as bytes, as a file and as either`() async throws {
        let bytes = try Fixture.bytes("qr.webp")
        let file = try Files.open(Fixture.path("qr.webp"), [.read])
        let reading = try await scanner.scan(bytes)
        #expect(try await scanner.scan(file: file) == reading)
        #expect(try await scanner.scan(.file(file)) == reading)
        #expect(try await scanner.scan(.bytes(bytes)) == reading)
    }

    @Test func `a sparse file of a gigabyte is refused by its length`() async throws {
        let folder = try TemporaryDirectory()
        #expect(truncate(try made(folder.file("huge.png")), 1 << 30) == 0)
        let file = try Files.open(folder.file("huge.png"), [.read])
        await #expect(throws: ScanError.tooLarge) { try await scanner.scan(file: file) }
        #expect(scanner.workerProcessID == nil, "no worker was needed to see that")
    }

    @Test func `64 MiB of zeros are no picture`() async throws {
        let folder = try TemporaryDirectory()
        #expect(truncate(try made(folder.file("zeros")), 64 << 20) == 0)
        let file = try Files.open(folder.file("zeros"), [.read])
        await #expect(throws: ScanError.notAPicture) { try await scanner.scan(file: file) }
    }

    @Test func `the largest picture fits into the worker's memory, in the format that needs most`()
        async throws
    {
        let pages = TIFFWriter.document([GrayPage(width: 5000, height: 4000)])
        let picture = try await scanner.scan(pages, wish: PictureWish(effort: .quick, copySide: 640))
        #expect(picture.width == 5000 && picture.copy?.width == 640)
    }

    @Test func `a folder, a pipe, a socket and a device are no picture`() async throws {
        let folder = try TemporaryDirectory()
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        let (socket, other) = try Descriptor.socketPair()
        let things: [(Descriptor, Descriptor.Kind)] = [
            (try Files.open(folder.path, [.read]), .folder),
            (try Files.open(folder.file("pipe"), [.read, .nonblocking]), .pipe), (socket, .socket),
            (try Files.open("/dev/zero", [.read]), .device),
        ]
        for (thing, kind) in things {
            await #expect(throws: ScanError.notAFile(kind)) { try await scanner.scan(file: thing) }
        }
        withExtendedLifetime(other) {}
        #expect(try await scanner.scan(try Fixture.bytes("qr.jpg")).symbols.count == 1)
    }

    @Test func `a file that may only be written is a failure, not a crash`() async throws {
        let folder = try TemporaryDirectory()
        let file = try Files.open(folder.file("picture"), [.write, .create])
        try file.writeAll(try Fixture.bytes("qr.jpg"))
        await #expect(throws: ScanError.corrupt(reason: "the file cannot be read")) {
            try await scanner.scan(file: file)
        }
        #expect(try await scanner.scan(try Fixture.bytes("qr.jpg")).symbols.count == 1)
    }

    @Test func `a file that is cut short again and again while it is read harms one picture at most`()
        async throws
    {
        let folder = try TemporaryDirectory()
        let path = folder.file("picture.pgm")
        let page = GrayPage(width: 1000, height: 1000)
        let whole = Array("P5\n1000 1000\n255\n".utf8) + page.pixels
        try Files.writeAtomically(whole, to: path)
        let file = try Files.open(path, [.read])
        let cutting = Task.detached {
            while !Task.isCancelled {
                truncate(path, 100)
                truncate(path, off_t(whole.count))
            }
        }
        for _ in 0..<20 {
            do {
                _ = try await scanner.scan(file: file, wish: PictureWish(effort: .quick))
            } catch {
                #expect(error == .corrupt(reason: "the picture is cut short") || error == .notAPicture)
            }
        }
        cutting.cancel()
        await cutting.value
    }

    @Test func `memory made of bytes can be changed by nobody`() throws {
        let memory = try Descriptor.sealedMemory(named: "test", [1, 2, 3])
        #expect(try memory.readWhole(limit: 3) == [1, 2, 3])
        #expect(throws: SystemError.self) { try memory.writeAll([4]) }
        memory.withNumber { number in
            #expect(ftruncate(number, 0) == -1 && ftruncate(number, 10) == -1)
            #expect(mmap(nil, 3, PROT_READ | PROT_WRITE, MAP_SHARED, number, 0) == MAP_FAILED)
        }
        #expect(throws: SystemError.tooLarge(path: "", limit: 2)) { try memory.readWhole(limit: 2) }
    }

    private func made(_ path: String) throws -> String {
        _ = try Files.open(path, [.write, .create])
        return path
    }
}
