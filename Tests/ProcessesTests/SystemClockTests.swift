import Model
import Processes
import Testing

struct SystemClockTests {
    @Test func `the boot clock never goes back`() {
        let first = SystemClock.nanosecondsSinceBoot()
        #expect(SystemClock.nanosecondsSinceBoot() >= first)
        #expect(first > 0)
    }

    @Test func `the boot has a name, the same at each reading`() throws {
        let name = try SystemClock.bootID()
        #expect(name.utf8.count == 36)
        #expect(try SystemClock.bootID() == name)
    }

    @Test func `random bytes are as many as asked and not alike`() {
        #expect(SystemClock.randomBytes(0).isEmpty)
        #expect(SystemClock.randomBytes(1000).count == 1000)
        #expect(SystemClock.randomBytes(32) != SystemClock.randomBytes(32))
    }

    @Test func `wall-clock time is after this was written`() {
        #expect(SystemClock.now() > Timestamp(milliseconds: 1_700_000_000_000))
    }
}

struct SystemErrorTests {
    @Test(arguments: [
        SystemError.missing(path: "/a"), .notPermitted(path: "/a"), .diskFull(path: "/a"),
        .tooLarge(path: "/a", limit: 5), .disconnected, .timedOut,
        .failed(call: "open", subject: "/a", code: 40),
    ])
    func `every error says what failed and what to do`(_ error: SystemError) {
        let explanation = error.explanation
        #expect(!explanation.id.isEmpty)
        #expect(!explanation.what.isEmpty)
        #expect(!explanation.nextStep.isEmpty)
    }

    @Test func `an errno is put into the system's words`() {
        let error = SystemError.failed(call: "open", subject: "/a", code: 40)
        #expect(error.explanation.what == "The system refused open of /a: Too many levels of symbolic links")
    }
}
