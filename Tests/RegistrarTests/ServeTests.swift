import Credentials
import HTTPClient
import HTTPServer
import Model
import Registrar
import Testing
import Wire

/// The registrar over real HTTPS on loopback.
@Suite struct ServeTests {
    @Test func `a companion that trusts the registrar's root is answered, with the protocol's header`()
        async throws
    {
        let fixture = try await RegistrarFixture()
        let registrar = fixture.registrar
        let pairing = try await registrar.pairing(for: OperatorID(trusted: "support"), url: "https://x")
        let server = try registrar.serve(
            Registrar.Listening(address: "127.0.0.1", port: 0, hostNames: ["127.0.0.1"]))
        let client = try HTTPClient(trust: .authorities(pairing.certificateAuthority))
        func get(_ path: String, token: String? = nil) async throws -> HTTPReply {
            try await client.send(
                HTTPCall(
                    method: "GET", url: "https://127.0.0.1:\(server.port)\(path)",
                    headers: token.map { [HTTPField("Authorization", "Bearer \($0)")] } ?? []))
        }
        let hello = try await get("/v1/hello")
        #expect(hello.status == 200 && hello.header("Muster-Protocol") == "1")
        #expect(try CanonicalJSON.decode(Hello.self, from: hello.body).registrar == registrar.registrar)
        let refused = try await get("/v1/products")
        #expect(refused.status == 401 && refused.header("Content-Type") == Problem.contentType)
        #expect(try await get("/v1/products", token: pairing.token).status == 200)
        let found = try await get("/v1/devices?query=a%26b%20c&tenant=acme", token: pairing.token)
        #expect(found.status == 200)
        #expect(
            try await client.send(
                HTTPCall(method: "DELETE", url: "https://127.0.0.1:\(server.port)/v1/hello")
            ).status == 405)
        await server.stop()
    }

    @Test func `a companion that trusts another root sends nothing`() async throws {
        let fixture = try await RegistrarFixture()
        let other = try await RegistrarFixture()
        let pairing = try await other.registrar.pairing(for: OperatorID(trusted: "support"), url: "https://x")
        let server = try fixture.registrar.serve(
            Registrar.Listening(address: "127.0.0.1", port: 0, hostNames: ["127.0.0.1"]))
        let client = try HTTPClient(trust: .authorities(pairing.certificateAuthority))
        await #expect {
            _ = try await client.send(
                HTTPCall(method: "GET", url: "https://127.0.0.1:\(server.port)/v1/hello"))
        } throws: { error in
            if case .certificateNotTrusted = error as? HTTPClientError { true } else { false }
        }
        await server.stop()
    }
}
