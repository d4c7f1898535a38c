import HTTPClient
import HTTPServer
import Testing

@Suite struct HTTPClientTests {
    @Test func `a refused connection was surely not processed`() async throws {
        let server = try HTTPServer(.init()) { _ in HTTPResponse(status: 200) }
        let port = server.port
        await server.stop()
        let client = try HTTPClient(trust: .systemStore, allowsPlain: true)
        do {
            _ = try await client.send(HTTPCall(url: "http://127.0.0.1:\(port)/"))
            Issue.record("nobody listens there")
        } catch {
            #expect(!error.mayHaveBeenProcessed)
            guard case .couldNotConnect = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `an answer that does not come in time may have been processed`() async throws {
        let (never, mark) = AsyncStream.makeStream(of: Void.self)
        let server = try HTTPServer(.init()) { _ in
            for await _ in never {}
            return HTTPResponse(status: 200)
        }
        let client = try HTTPClient(trust: .systemStore, allowsPlain: true)
        await #expect(throws: HTTPClientError.timedOut(sent: true)) {
            try await client.send(
                HTTPCall(url: "http://127.0.0.1:\(server.port)/", totalTimeout: .milliseconds(200)))
        }
        mark.finish()
        await server.stop()
    }

    @Test func `an answer larger than the limit is given up`() async throws {
        let server = try HTTPServer(.init()) { _ in
            HTTPResponse(status: 200, body: Array(repeating: 1, count: 100_000))
        }
        let client = try HTTPClient(trust: .systemStore, allowsPlain: true)
        let url = "http://127.0.0.1:\(server.port)/"
        await #expect(throws: HTTPClientError.replyTooLarge) {
            try await client.send(HTTPCall(url: url, replyLimit: 99_999))
        }
        #expect(try await client.send(HTTPCall(url: url, replyLimit: 100_000)).body.count == 100_000)
        await server.stop()
    }

    @Test func `a cancelled task gives its call up`() async throws {
        let (started, startedMark) = AsyncStream.makeStream(of: Void.self)
        let (never, mark) = AsyncStream.makeStream(of: Void.self)
        let server = try HTTPServer(.init()) { _ in
            startedMark.finish()
            for await _ in never {}
            return HTTPResponse(status: 200)
        }
        let client = try HTTPClient(trust: .systemStore, allowsPlain: true)
        let task = Task { try await client.send(HTTPCall(url: "http://127.0.0.1:\(server.port)/")) }
        for await _ in started {}
        task.cancel()
        await #expect(throws: HTTPClientError.cancelled(sent: true)) { try await task.value }
        mark.finish()
        await server.stop()
    }

    @Test(arguments: ["http://127.0.0.1:1/", "file:///etc/passwd", "gopher://127.0.0.1/", "", "not a url"])
    func `only https addresses are called unless plain ones are allowed`(url: String) async throws {
        let client = try HTTPClient(trust: .systemStore)
        do {
            _ = try await client.send(HTTPCall(url: url))
            Issue.record("\(url) was called")
        } catch {
            #expect(!error.mayHaveBeenProcessed)
        }
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        let server = try HTTPServer(.init()) { request in
            request.path == "/"
                ? HTTPResponse(status: 302, headers: [HTTPHeader("Location", "/login")])
                : HTTPResponse(status: 200)
        }
        let client = try HTTPClient(trust: .systemStore, allowsPlain: true)
        let reply = try await client.send(HTTPCall(url: "http://127.0.0.1:\(server.port)/"))
        #expect(reply.status == 302 && reply.header("location") == "/login")
        await server.stop()
    }

    @Test func `a field's value never prints`() {
        #expect(!"\(HTTPField("Authorization", "Bearer hush"))".contains("hush"))
    }
}
