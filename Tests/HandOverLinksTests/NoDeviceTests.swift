import HTTPServer
import HandOver
import HandOverLinks
import Model
import Processes
import TestSupport
import Testing

/// What can be at an address on the network instead of a device.
@Suite struct NoDeviceTests {
    /// Asks a server that answers so.
    private func error(
        of response: HTTPResponse, patience: HTTPAsker.Patience = HTTPAsker.Patience()
    ) async throws -> HandOverError? {
        let server = try HTTPServer(.init()) { _ in response }
        let found = await asked("http://127.0.0.1:\(server.port)", patience)
        await server.stop()
        return found
    }

    /// On a thread that may block: the server's handlers need the cooperative ones.
    private func asked(_ address: String, _ patience: HTTPAsker.Patience) async -> HandOverError? {
        let executor = BlockingExecutor(label: "asking")
        return await Asking(executor: executor).error {
            try TestCompanion.web(address, patience: patience).hello()
        }
    }

    private actor Asking {
        private let executor: BlockingExecutor
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        init(executor: BlockingExecutor) { self.executor = executor }

        func error(_ body: @Sendable () throws -> DeviceAnnouncement) -> HandOverError? {
            do {
                _ = try body()
                return nil
            } catch { return error as? HandOverError }
        }
    }

    @Test(arguments: [
        (
            HTTPResponse(
                status: 200, headers: [HTTPHeader("Content-Type", "text/html; charset=utf-8")],
                body: Array("<html>".utf8)), "web page"
        ),
        (
            HTTPResponse(status: 302, headers: [HTTPHeader("Location", "http://portal.example/\u{7F}login")]),
            "portal.example/?login"
        ),
        (HTTPResponse(status: 511), "sign-in"), (HTTPResponse(status: 401), "sign-in"),
        (HTTPResponse(status: 404), "this path"),
        (HTTPResponse(status: 200, body: Array(repeating: 0x41, count: 70_000)), "longer than"),
        (HTTPResponse(status: 503), "no line of the protocol"),
        (HTTPResponse(status: 200), "no line of the protocol"),
    ])
    func `what answers and is no device is named`(_ response: HTTPResponse, _ words: String) async throws {
        let found = try #require(try await error(of: response))
        #expect(found.explanation.id == "not_a_device" && found.explanation.what.contains(words), "\(found)")
        #expect(!found.isOfLink)
    }

    @Test func `an answer to another ask, and one that only wants to be asked again, are not taken`()
        async throws
    {
        for answer in [
            NumberedAnswer(sequence: 7, answer: .hello(DeviceAnnouncement(fields: ["serial": "SIM-1"]))),
            NumberedAnswer(sequence: 0, answer: .again),
        ] {
            let found = try await error(of: HTTPResponse(status: 200, body: try ProtocolLine.encode(answer)))
            #expect(found?.explanation.id == "hand_over_line")
        }
    }

    @Test func `a place where nobody listens was not reached, and the hand-over can go on later`()
        async throws
    {
        let server = try HTTPServer(.init()) { _ in HTTPResponse(status: 200) }
        let address = "http://127.0.0.1:\(server.port)"
        await server.stop()
        let found = try #require(await asked(address, HTTPAsker.Patience()))
        #expect(found.explanation.id == "device_not_reached" && found.isOfLink)
    }

    @Test func `a device that says nothing is given up`() async throws {
        let (never, mark) = AsyncStream.makeStream(of: Void.self)
        let server = try HTTPServer(.init()) { _ in
            for await _ in never {}
            return HTTPResponse(status: 200)
        }
        let address = "http://127.0.0.1:\(server.port)"
        let found = await asked(address, HTTPAsker.Patience(answer: .milliseconds(100)))
        #expect(found == .noAnswer(link: address))
        mark.finish()
        await server.stop()
    }
}
