import Foundation
import Model
import Processes
import TestSupport
import Testing

struct FilesTests {
    @Test func `an atomic write replaces the whole file and leaves nothing beside it`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("state")
        try Files.writeAtomically(Array("a longer first content".utf8), to: path)
        try Files.writeAtomically(Array("second".utf8), to: path)

        #expect(try Files.read(path, limit: 100) == Array("second".utf8))
        #expect(try Files.status(path)?.mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["state"])
    }

    @Test func `an atomic write into a missing directory says so`() throws {
        let directory = try TemporaryDirectory()
        #expect(throws: SystemError.missing(path: directory.file("none/state"))) {
            // The temporary file's name ends in chance; compare the directory part only.
            do {
                try Files.writeAtomically([1], to: directory.file("none/state"))
            } catch SystemError.missing(let path) {
                throw SystemError.missing(path: String(path.prefix { $0 != "." }))
            }
        }
    }

    @Test func `a file past the limit is refused, one at the limit is read`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("eight")
        try Files.writeAtomically([UInt8](repeating: 7, count: 8), to: path)

        #expect(try Files.read(path, limit: 8).count == 8)
        #expect(throws: SystemError.tooLarge(path: path, limit: 7)) { try Files.read(path, limit: 7) }
    }

    @Test func `an endless device is cut off at the limit`() {
        #expect(throws: SystemError.tooLarge(path: "/dev/zero", limit: 4096)) {
            try Files.read("/dev/zero", limit: 4096)
        }
    }

    @Test func `directories are made with those above them, for this user alone`() throws {
        let directory = try TemporaryDirectory()
        try Files.makeDirectories(directory.file("a/b/c"))
        try Files.makeDirectories(directory.file("a/b/c"))

        let status = try #require(try Files.status(directory.file("a/b")))
        #expect(status.isDirectory)
        #expect(status.mode == 0o700)
    }

    @Test func `a file where a directory should be is an error`() throws {
        let directory = try TemporaryDirectory()
        try Files.writeAtomically([], to: directory.file("taken"))
        #expect(throws: SystemError.self) { try Files.makeDirectories(directory.file("taken")) }
    }

    @Test func `reading a directory is an error, not a crash`() throws {
        let directory = try TemporaryDirectory()
        #expect(throws: SystemError.failed(call: "read", subject: directory.path, code: 21)) {
            try Files.read(directory.path, limit: 10)
        }
    }

    @Test func `what is not there has no status, and its removal is no error`() throws {
        let directory = try TemporaryDirectory()
        #expect(try Files.status(directory.file("none")) == nil)
        try Files.remove(directory.file("none"))
    }

    @Test func `free space is known and no more than the whole`() throws {
        let space = try Files.space(at: "/")
        #expect(space.total > 0)
        #expect(space.available <= space.total)
    }

    @Test(arguments: [
        ("/a/b", "/a"), ("/a", "/"), ("a", "."), ("a/b/", "a"), ("/", "/"), ("/a/b/c/", "/a/b"),
    ])
    func `the directory of a path`(_ path: String, _ expected: String) {
        #expect(Files.directory(of: path) == expected)
    }
}
