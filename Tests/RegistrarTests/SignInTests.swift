import Credentials
import Model
import Registrar
import RegistrarCore
import TestSupport
import Testing
import Wire

/// Operators who begin their shift with a password.
@Suite struct SignInTests {
    private let fixture: RegistrarFixture
    private let signer: TestSigner
    private static let password = "tisch-pferd-lampe-zwiebel"

    init() async throws {
        fixture = try await RegistrarFixture()
        signer = try TestSigner("installer")
        try await fixture.registrar.setPassword(
            SecretBytes.of(Self.password), of: OperatorID(trusted: "installer"))
    }

    private func ask(
        _ person: String = "installer", _ password: String = password, _ key: TestSigner? = nil,
        tablet: PayloadHash? = nil, from address: [UInt8]? = nil
    ) async throws -> APIResponse {
        let offer = try (key ?? signer).offer(to: fixture.hello.registrar, as: person)
        let body = try CanonicalJSON.encode(
            SignIn(operatorID: OperatorID(trusted: person), password: password, key: offer))
        #expect(
            try APIDocument(RegistrarFixture.document).faults(inRequest: body, of: "POST /v1/sign-in")
                == [])
        var request = Route.signIn.request(body: body)
        (request.certificateHash, request.peerAddress) = (tablet, address)
        return await fixture.registrar.handle(request)
    }

    private func problem(_ response: APIResponse) throws -> Problem {
        try CanonicalJSON.decode(Problem.self, from: response.body)
    }

    private func actions() async throws -> [String] {
        let page: AuditPage = try await fixture.get(.audit(after: 0), as: "admin")
        return page.entries.map(\.action)
    }

    @Test func `the right password gives a token that ends, with the key known and lists to choose from`()
        async throws
    {
        let response = try await ask()
        try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        let document = try APIDocument(RegistrarFixture.document)
        #expect(try document.faults(in: response.body, of: "POST /v1/sign-in", isProblem: false) == [])
        let answer = try CanonicalJSON.decode(SignedIn.self, from: response.body)
        #expect(answer.pairing.catalogues.map(\.tenant.tenantID) == [RegistrarFixture.acme])
        #expect(answer.until == fixture.world.environment.now().advanced(bySeconds: 12 * 3600))
        let token = Redacted(answer.pairing.token)
        let claim = try fixture.operation(fixture.claim("SN-1"), of: "SN-1", by: "installer")
        let item = Submission.Item(claim, signature: try signer.signature(over: claim.payload))
        let body = try CanonicalJSON.encode(Submission(operations: [item]))
        let sent = await fixture.registrar.handle(Route.submitOperations.request(token: token, body: body))
        let reply = try CanonicalJSON.decode(SubmissionReply.self, from: sent.body)
        #expect(reply.results.first?.receipt != nil)
        let keys: Items<OperatorKey> = try await fixture.get(
            .operatorKeys(signer.operatorID), as: "installer")
        #expect(keys.items.map(\.keyID) == [signer.keyID])
        // Its end is its end; the pairing of the same operator goes on.
        fixture.world.advance(seconds: 12 * 3600 - 1)
        #expect(await fixture.registrar.handle(Route.list(.sites).request(token: token)).status == 200)
        fixture.world.advance(seconds: 1)
        #expect(await fixture.registrar.handle(Route.list(.sites).request(token: token)).status == 401)
        #expect(await fixture.ask(.list(.sites), as: "installer").status == 200)
    }

    @Test func `who signs out, or is given another password, is signed out`() async throws {
        var tokens: [Redacted<String>] = []
        for _ in 0..<2 {
            let answer = try CanonicalJSON.decode(SignedIn.self, from: try await ask().body)
            tokens.append(Redacted(answer.pairing.token))
        }
        func status(_ token: Redacted<String>) async -> Int {
            await fixture.registrar.handle(Route.list(.sites).request(token: token)).status
        }
        let out = await fixture.registrar.handle(Route.signOut.request(token: tokens[0]))
        #expect(out.status == 200)
        #expect(await status(tokens[0]) == 401)
        #expect(await status(tokens[1]) == 200)
        try await fixture.registrar.setPassword(
            SecretBytes.of("another-password-of-words"), of: signer.operatorID)
        #expect(await status(tokens[1]) == 401)
        #expect(try await ask().status == 401)
        #expect(try await ask("installer", "another-password-of-words").status == 200)
    }

    @Test func `a wrong password, a name without one and a name that nobody has answer alike`() async throws {
        let wrong = try problem(try await ask("installer", "wrong-wrong-wrong-wrong"))
        for person in ["support", "nobody"] {
            let other = try problem(try await ask(person, Self.password, try TestSigner(person)))
            #expect(other == wrong)
        }
        #expect(wrong.knownCode == .signedOut)
        #expect(try await actions().count { $0 == "sign_in_failed" } == 3)
    }

    @Test func `of a thousand wrong passwords ten are looked at, and another operator signs in meanwhile`()
        async throws
    {
        let support = try TestSigner("support")
        try await fixture.registrar.setPassword(
            SecretBytes.of(Self.password), of: support.operatorID)
        var codes: [Int: Int] = [:]
        for number in 0..<1000 {
            codes[try await ask("installer", "wrong-wrong-wrong-\(number)").status, default: 0] += 1
            if number == 500 { #expect(try await ask("support", Self.password, support).status == 200) }
        }
        #expect(codes == [401: 10, 429: 990])
        let right = try problem(try await ask())
        #expect(right.knownCode == .rateLimited && (right.retryAfterSeconds ?? 0) > 3000)
        let actions = try await actions()
        #expect(actions.count { $0 == "sign_in_failed" } == 10)
        #expect(actions.count { $0 == "sign_in_locked" } == 1)
        fixture.world.advance(seconds: 3601)
        #expect(try await ask().status == 200)
    }

    private static let here: [UInt8] = [192, 0, 2, 1]
    private static let wrong = "wrong-wrong-wrong-wrong"
    private static let tablet = PayloadHash(digest: [UInt8](repeating: 1, count: 32))

    @Test func `ten wrong ones from elsewhere keep the operator out of no tablet and no place of theirs`()
        async throws
    {
        let stranger = PayloadHash(digest: [UInt8](repeating: 2, count: 32))
        #expect(try await ask(tablet: Self.tablet, from: Self.here).status == 200)
        for _ in 0..<10 {
            let answer = try await ask("installer", Self.wrong, tablet: stranger, from: [198, 51, 100, 1])
            #expect(answer.status == 401)
        }
        #expect(try await ask(tablet: stranger, from: [198, 51, 100, 1]).status == 429)
        #expect(try await ask(from: [198, 51, 100, 2]).status == 200)
        #expect(try await ask(tablet: Self.tablet, from: [198, 51, 100, 1]).status == 200)
        let page: AuditPage = try await fixture.get(.audit(after: 0), as: "admin")
        let locked = page.entries.filter { $0.action == "sign_in_locked" }
        #expect(locked.map(\.detail) == [["from": "elsewhere"]])
    }

    @Test func `a key that was ended, or of somebody else, begins no session`() async throws {
        #expect(try await ask().status == 200)
        #expect(await fixture.ask(.revokeKey(signer.keyID), as: "admin").status == 200)
        #expect(try problem(try await ask()).knownCode == .signingKeyRevoked)
        let new = try TestSigner("installer")
        #expect(try await ask("installer", Self.password, new).status == 200)
        try await fixture.registrar.setPassword(
            SecretBytes.of(Self.password), of: OperatorID(trusted: "support"))
        #expect(try problem(try await ask("support", Self.password, new)).knownCode == .alreadyExists)
    }

    @Test func `a password that is short, and one for nobody, is not set; no file holds one`() async throws {
        await #expect(throws: RegistrarError.passwordLength) {
            try await fixture.registrar.setPassword(SecretBytes.of("short"), of: signer.operatorID)
        }
        await #expect(throws: RegistrarError.unknownOperator(OperatorID(trusted: "nobody"))) {
            try await fixture.registrar.setPassword(
                SecretBytes.of(Self.password), of: OperatorID(trusted: "nobody"))
        }
        for file in ["registrar.db", "registrar.db-wal"] {
            #expect(try fixture.file(file).firstRange(of: Array(Self.password.utf8)) == nil)
        }
    }
}
