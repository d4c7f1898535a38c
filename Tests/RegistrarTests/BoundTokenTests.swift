import Credentials
import HTTPClient
import HTTPServer
import Model
import Registrar
import RegistrarCore
import TestSupport
import Testing
import Wire

/// Tokens that are good on the tablet alone that signed in, over real TLS.
@Suite struct BoundTokenTests {
    private static let password = "tisch-pferd-lampe-zwiebel"
    private let fixture: RegistrarFixture
    private let root: String
    private let pairingToken: String

    init() async throws {
        fixture = try await RegistrarFixture()
        try await fixture.registrar.setPassword(
            SecretBytes.of(Self.password), of: OperatorID(trusted: "support"))
        let pairing = try await fixture.registrar.pairing(
            for: OperatorID(trusted: "support"), url: "https://x")
        (root, pairingToken) = (pairing.certificateAuthority, pairing.token)
    }

    private func serve(_ registrar: Registrar? = nil) throws -> HTTPServer {
        try (registrar ?? fixture.registrar).serve(
            Registrar.Listening(address: "127.0.0.1", port: 0, hostNames: ["127.0.0.1"]))
    }

    /// A tablet with a key of its own, or with none.
    private func tablet(named: Bool = true) throws -> HTTPClient {
        guard named else { return try HTTPClient(trust: .authorities(root)) }
        let now = fixture.world.environment.now()
        let (start, end) = (now.advanced(bySeconds: -86_400), now.advanced(bySeconds: 86_400))
        let key = try PrivateKey.generate(.p256)
        let certificate = try CertificateAuthority.makeRoot(name: "Tablet", notBefore: start, notAfter: end)
            .issueDevice(
                for: try CertificateRequest.create(key: key, commonName: "Tablet"), commonName: "Tablet",
                uris: ["urn:muster:tablet"], notBefore: start, notAfter: end)
        return try HTTPClient(
            trust: .authorities(root),
            identity: HTTPClient.Identity(
                certificateChain: try certificate.pem, key: try key.pem))
    }

    private func signIn(_ tablet: HTTPClient, _ server: HTTPServer) async throws -> String {
        let offer = try TestSigner("support").offer(to: fixture.hello.registrar)
        let body = SignIn(
            operatorID: OperatorID(trusted: "support"), password: Self.password, key: offer)
        let reply = try await tablet.send(
            HTTPCall(
                method: "POST", url: "https://127.0.0.1:\(server.port)/v1/sign-in",
                body: try CanonicalJSON.encode(body)))
        try #require(reply.status == 200, "\(String(decoding: reply.body, as: UTF8.self))")
        return try CanonicalJSON.decode(SignedIn.self, from: reply.body).pairing.token
    }

    private func status(_ token: String, _ tablet: HTTPClient, _ server: HTTPServer) async throws -> Int {
        try await tablet.send(
            HTTPCall(
                method: "GET", url: "https://127.0.0.1:\(server.port)/v1/sites",
                headers: [HTTPField("Authorization", "Bearer \(token)")])
        ).status
    }

    @Test func `a token that was stolen is refused with another key and without one, and the audit tells`()
        async throws
    {
        let server = try serve()
        let own = try tablet()
        let token = try await signIn(own, server)
        #expect(try await status(token, own, server) == 200)
        #expect(try await status(token, try tablet(), server) == 401)
        #expect(try await status(token, try tablet(named: false), server) == 401)
        #expect(try await status(token, own, server) == 200)
        // In this process nobody shows a certificate at all.
        let inside = await fixture.registrar.handle(
            Route.list(.sites).request(token: Redacted(token)))
        #expect(inside.status == 401)
        let page: AuditPage = try await fixture.get(.audit(after: 0), as: "admin")
        let noted = page.entries.filter { $0.action == "token_shown_elsewhere" }
        #expect(noted.count == 3 && noted.allSatisfy { $0.subject == "support" })
        await server.stop()
    }

    @Test func `the token of a pairing file is good anywhere, until the registrar takes sign-ins only`()
        async throws
    {
        let server = try serve()
        #expect(try await status(pairingToken, try tablet(named: false), server) == 200)
        #expect(try await status(pairingToken, try tablet(), server) == 200)
        await server.stop()
        let strict = try Registrar(
            directory: fixture.directory.path + "/registrar", environment: fixture.world.environment,
            policy: SigningPolicy(requiresBoundTokens: true))
        let strictServer = try serve(strict)
        let own = try tablet()
        #expect(try await status(pairingToken, own, strictServer) == 401)
        let token = try await signIn(own, strictServer)
        #expect(try await status(token, own, strictServer) == 200)
        await strictServer.stop()
    }
}
