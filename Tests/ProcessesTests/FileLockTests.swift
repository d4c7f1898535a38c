import Model
import Processes
import TestSupport
import Testing

struct FileLockTests {
    @Test func `a held lock is refused to everybody else, also within one process`() throws {
        let directory = try TemporaryDirectory()
        let held = try #require(try FileLock.tryAcquire(directory.file("lock")))

        #expect(try FileLock.tryAcquire(directory.file("lock")) == nil)
        #expect(held.path == directory.file("lock"))
    }

    @Test func `a lock is free when its holder lets go`() throws {
        let directory = try TemporaryDirectory()
        var held = try FileLock.tryAcquire(directory.file("lock"))
        #expect(held != nil)
        held = nil

        #expect(try FileLock.tryAcquire(directory.file("lock")) != nil)
    }

    @Test func `a child does not keep the lock of the process that started it`() throws {
        let directory = try TemporaryDirectory()
        var held = try FileLock.tryAcquire(directory.file("lock"))
        #expect(held != nil)
        let child = try Child("/bin/sleep", arguments: ["1000"])
        held = nil

        #expect(try FileLock.tryAcquire(directory.file("lock")) != nil)
        try child.end()
    }

    @Test func `the kernel frees the lock of a process that was killed`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("lock")
        let (reading, writing) = try Descriptor.pipe()
        // A process that takes an open-file-description lock (F_OFD_SETLK, 37), says so, and lives on.
        let script = """
            import fcntl, os, struct, time
            file = os.open("\(path)", os.O_RDWR | os.O_CREAT)
            fcntl.fcntl(file, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))
            os.write(1, b"held")
            time.sleep(1000)
            """
        let child = try Child(
            "/usr/bin/env", arguments: ["python3", "-c", script], environment: ["PATH": "/usr/bin:/bin"],
            descriptors: [1: writing])
        #expect(try reading.read(upTo: 4) == Array("held".utf8))
        #expect(try FileLock.tryAcquire(path) == nil)

        try child.end()
        #expect(try FileLock.tryAcquire(path) != nil)
    }
}
