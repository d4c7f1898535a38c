import Model
import Processes
import TestSupport
import Testing

struct ChildTests {
    @Test func `a run gives status, output and errors`() throws {
        let run = try Child.run(
            "/bin/sh", arguments: ["-c", "echo out; echo err >&2; exit 3"], timeout: .seconds(20))
        #expect(run.status == .exited(3))
        #expect(run.outputText == "out\n")
        #expect(run.errorsText == "err\n")
    }

    @Test func `input reaches the program and its end too`() throws {
        let input = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
        let run = try Child.run("/bin/cat", input: input, timeout: .seconds(20))
        #expect(run.output == input)
        #expect(run.status == .exited(0))
    }

    @Test func `a program that reads none of its input is no error`() throws {
        let run = try Child.run(
            "/bin/true", input: [UInt8](repeating: 0, count: 1_000_000), timeout: .seconds(20))
        #expect(run.status == .exited(0))
    }

    @Test func `a program that never ends is killed at the time limit`() {
        #expect(throws: SystemError.timedOut) {
            try Child.run("/bin/sleep", arguments: ["1000"], timeout: .milliseconds(50))
        }
    }

    @Test func `a program that prints without end is killed at the byte limit`() {
        #expect(throws: SystemError.tooLarge(path: "/bin/cat", limit: 100_000)) {
            try Child.run("/bin/cat", arguments: ["/dev/zero"], timeout: .seconds(20), limit: 100_000)
        }
    }

    @Test func `a missing program is named`() {
        #expect(throws: SystemError.missing(path: "/nowhere/at-all")) { try Child("/nowhere/at-all") }
    }

    @Test func `a file that is no program is not permitted`() {
        #expect(throws: SystemError.notPermitted(path: "/etc/passwd")) { try Child("/etc/passwd") }
    }

    @Test func `a killed child says by which signal`() throws {
        let child = try Child("/bin/sleep", arguments: ["1000"])
        child.send(.terminate)
        #expect(try child.wait() == .signalled(15))
        #expect(try child.wait() == .signalled(15))
    }

    @Test func `waiting with a deadline gives nothing while the child runs`() throws {
        let child = try Child("/bin/sleep", arguments: ["1000"])
        #expect(try child.wait(by: Deadline(after: .milliseconds(10))) == nil)
        #expect(try child.end() == .signalled(9))
    }

    @Test func `a child gets the given environment and nothing else`() throws {
        let run = try Child.run(
            "/usr/bin/env", environment: ["A": "1", "B": "two words"], timeout: .seconds(20))
        #expect(run.outputText == "A=1\nB=two words\n")
    }

    @Test func `a child starts in the given directory`() throws {
        let directory = try TemporaryDirectory()
        let run = try Child.run("/bin/pwd", directory: directory.path, timeout: .seconds(20))
        #expect(run.outputText == directory.path + "\n")
    }

    @Test func `a child blocks no signal and ignores none, and has only its own descriptors`() throws {
        let (kept, _) = try Descriptor.socketPair()
        let run = try kept.withNumber { _ in
            try Child.run(
                "/bin/sh", arguments: ["-c", "grep -E '^Sig(Blk|Ign)' /proc/self/status; ls /proc/self/fd"],
                environment: ["PATH": "/usr/bin:/bin"], timeout: .seconds(20))
        }
        let lines = run.outputText.split(separator: "\n").map(String.init)
        #expect(lines.contains("SigBlk:\t0000000000000000"))
        #expect(lines.contains("SigIgn:\t0000000000000000"))
        // 3 is the directory that ls reads.
        #expect(lines.suffix(4) == ["0", "1", "2", "3"])
    }

    @Test func `descriptors change places without one overwriting another`() throws {
        let (firstOut, firstIn) = try Descriptor.pipe()
        let (secondOut, secondIn) = try Descriptor.pipe()
        let child = try Child(
            "/bin/sh", arguments: ["-c", "printf five >&5; printf six >&6"],
            descriptors: [5: firstIn, 6: secondIn])
        #expect(try child.wait() == .exited(0))
        #expect(try firstOut.read(upTo: 10) == Array("five".utf8))
        #expect(try secondOut.read(upTo: 10) == Array("six".utf8))
    }
}
