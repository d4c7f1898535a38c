import Credentials
import Dispatch
import HTTPClient
import HTTPServer
import Model
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

    @Test func `a request that left on a kept connection which then died may have been processed`()
        async throws
    {
        let (server, client) = (try HTTPServer(.init()) { _ in HTTPResponse(status: 200) }, try plainClient())
        let url = "http://127.0.0.1:\(server.port)/"
        #expect(try await client.send(HTTPCall(url: url)).status == 200)
        await server.stop()
        do {
            _ = try await client.send(HTTPCall(method: "POST", url: url, body: [1]))
            Issue.record("nobody listens there")
        } catch {
            // Either the kept connection was seen to be closed before, or the request had left on it.
            guard case .couldNotConnect = error else {
                #expect(error.mayHaveBeenProcessed)
                return
            }
        }
    }

    private func plainClient() throws -> HTTPClient { try HTTPClient(trust: .systemStore, allowsPlain: true) }

    /// A server with a certificate of its own, and the key of that.
    private func secureServer() throws -> (HTTPServer, Certificate, PrivateKey) {
        let (start, end) = (
            Timestamp(milliseconds: 1_700_000_000_000), Timestamp(milliseconds: 4_000_000_000_000)
        )
        let root = try CertificateAuthority.makeRoot(name: "Root", notBefore: start, notAfter: end)
        let key = try PrivateKey.generate(.p256)
        let certificate = try root.issueServer(
            key: key, hostNames: ["another.name"], notBefore: start, notAfter: end)
        let identity = HTTPServer.Identity(certificateChain: try certificate.pem, key: try key.pem)
        return (
            try HTTPServer(.init(identity: identity)) { _ in HTTPResponse(status: 200) }, certificate, key
        )
    }

    private func pin(_ key: PrivateKey) throws -> HTTPClient.Trust {
        .pinnedKey(sha256: Base64.encode(Hexadecimal.decode(try key.publicKeyHash.rawValue) ?? []))
    }

    @Test func `a pinned key is believed whatever its certificate says, and the certificate is told`()
        async throws
    {
        let (server, certificate, key) = try secureServer()
        let client = try HTTPClient(trust: try pin(key))
        let call = HTTPCall(url: "https://127.0.0.1:\(server.port)/", tellsCertificate: true)
        let reply = try await client.send(call)
        #expect(try Certificate.chain(pem: reply.certificate ?? "").first?.der == certificate.der)
        #expect(try await client.send(HTTPCall(url: call.url)).certificate == nil)
        await server.stop()
    }

    @Test func `another key than the pinned one is sent nothing`() async throws {
        let (server, _, _) = try secureServer()
        let client = try HTTPClient(trust: try pin(try PrivateKey.generate(.p256)))
        do {
            _ = try await client.send(HTTPCall(url: "https://127.0.0.1:\(server.port)/"))
            Issue.record("another key was believed")
        } catch {
            guard case .certificateNotTrusted = error else {
                Issue.record("\(error)")
                return
            }
        }
        await server.stop()
    }

    @Test func `a thread that blocks gets its answer, or why there is none`() async throws {
        let server = try HTTPServer(.init()) { _ in HTTPResponse(status: 200, body: [7]) }
        let url = "http://127.0.0.1:\(server.port)/"
        let client = try plainClient()
        let reply = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: Result { try client.sendAndWait(HTTPCall(url: url)) })
            }
        }
        #expect(try reply.get().body == [7])
        await server.stop()
        #expect(throws: HTTPClientError.self) { try plainClient().sendAndWait(HTTPCall(url: url)) }
    }
}
