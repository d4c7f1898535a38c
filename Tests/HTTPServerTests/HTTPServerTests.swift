import HTTPClient
import HTTPServer
import Model
import Synchronization
import Testing

@Suite struct HTTPServerTests {
    private func withServer(
        _ settings: HTTPServer.Settings = .init(), handler: @escaping HTTPServer.Handler,
        _ body: (String, HTTPClient) async throws -> Void
    ) async throws {
        let server = try HTTPServer(settings, handler: handler)
        let client = try HTTPClient(trust: .systemStore, allowsPlain: true)
        do {
            try await body("http://127.0.0.1:\(server.port)", client)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    @Test func `a request reaches the handler as sent, and its answer comes back`() async throws {
        let seen = Mutex<HTTPRequest?>(nil)
        try await withServer { request in
            seen.withLock { $0 = request }
            return HTTPResponse(status: 201, headers: [HTTPHeader("X-Mark", "é")], body: Array("done".utf8))
        } _: { url, client in
            let reply = try await client.send(
                HTTPCall(
                    method: "POST", url: url + "/v1/a%2Fb?q=x%20y",
                    headers: [HTTPField("Authorization", "Bearer t")],
                    body: Array(repeating: 7, count: 300_000)))
            #expect(reply.status == 201 && reply.body == Array("done".utf8))
            #expect(reply.header("x-mark") == "é")
        }
        let request = try #require(seen.withLock { $0 })
        #expect(request.method == "POST" && request.path == "/v1/a%2Fb" && request.query == "q=x%20y")
        #expect(request.header("AUTHORIZATION") == "Bearer t")
        #expect(request.body == Array(repeating: 7, count: 300_000))
    }

    @Test func `a body over the limit is answered by 413 and never reaches the handler`() async throws {
        let calls = Atomic(0)
        try await withServer(HTTPServer.Settings(bodyLimit: 1000)) { _ in
            calls.add(1, ordering: .relaxed)
            return HTTPResponse(status: 200)
        } _: { url, client in
            let reply = try await client.send(
                HTTPCall(method: "POST", url: url, body: Array(repeating: 1, count: 1001)))
            #expect(reply.status == 413)
            let small = try await client.send(
                HTTPCall(method: "POST", url: url, body: Array(repeating: 1, count: 1000)))
            #expect(small.status == 200)
        }
        #expect(calls.load(ordering: .relaxed) == 1)
    }

    @Test func `many requests at once are all answered, each with its own answer`() async throws {
        try await withServer { request in
            HTTPResponse(status: 200, body: Array(request.query.utf8))
        } _: { url, client in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await client.send(HTTPCall(url: url + "/?\(number)")).body
                            == Array(String(number).utf8)
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func `stopping lets a running handler answer first`() async throws {
        let (started, startedMark) = AsyncStream.makeStream(of: Void.self)
        let (go, goMark) = AsyncStream.makeStream(of: Void.self)
        let server = try HTTPServer(.init()) { _ in
            startedMark.finish()
            for await _ in go {}
            return HTTPResponse(status: 200)
        }
        let client = try HTTPClient(trust: .systemStore, allowsPlain: true)
        let url = "http://127.0.0.1:\(server.port)"
        async let reply = client.send(HTTPCall(url: url))
        for await _ in started {}
        async let stopped: Void = server.stop()
        goMark.finish()
        #expect(try await reply.status == 200)
        await stopped
        await #expect(throws: HTTPClientError.self) { try await client.send(HTTPCall(url: url)) }
    }

    @Test func `a port that is taken and an address that is none are refused with a reason`() async throws {
        let server = try HTTPServer(.init()) { _ in HTTPResponse(status: 200) }
        for settings in [HTTPServer.Settings(port: server.port), .init(address: "not an address")] {
            #expect {
                try HTTPServer(settings) { _ in HTTPResponse(status: 200) }
            } throws: { error in
                (error as? HTTPServerError)?.explanation.id == "cannot_listen"
            }
        }
        await server.stop()
    }
}
