import Credentials
import Model
import Registrar
import TestSupport
import Testing
import Wire

/// Questions about single certificates, asked and judged by `openssl ocsp`, and where certificates point to.
@Suite struct CertificateStatusTests {
    private let fixture: RegistrarFixture
    private let command: OpenSSLCommand
    private static let url = PublicURL(trusted: "https://devices.example:8443")

    init() async throws {
        fixture = try await RegistrarFixture()
        command = try OpenSSLCommand()
    }

    @discardableResult
    private func commission(_ serial: String, sequence: Int = 1) async throws -> [Certificate] {
        _ = try await fixture.submit(
            try fixture.operation(fixture.claim(serial), of: serial, sequence: sequence))
        let request = try CertificateRequest.create(key: try .generate(.p256), commonName: serial)
        let body = OperationBody.provision(
            OperationBody.Provision(certificateRequest: Base64.encode(request.der)))
        let receipt = try fixture.receipt(
            try await fixture.submit(try fixture.operation(body, of: serial, sequence: sequence + 1)))
        let chain = try Certificate.chain(pem: try #require(receipt.certificateChain))
        for (certificate, name) in zip(chain, [serial, "issuing", "root"]) {
            try command.write(try certificate.pem, to: "\(name).pem")
        }
        return chain
    }

    private func revoke(_ serial: String, _ reason: RevocationReason) async throws {
        let body = OperationBody.revoke(OperationBody.Revoke(reason: reason, text: "stolen"))
        _ = try fixture.receipt(
            try await fixture.submit(try fixture.operation(body, of: serial, sequence: 3)))
    }

    /// The question that openssl writes.
    private func question(_ words: String) throws -> [UInt8] {
        try command.output(of: "ocsp \(words) -reqout …/question.der")
        return try command.bytes("question.der")
    }

    private func ask(_ question: [UInt8]) async throws -> [UInt8] {
        let response = await fixture.registrar.handle(Route.certificateStatus.request(body: question))
        #expect(response.status == 200 && response.contentType == "application/ocsp-response")
        try command.write(Base64.encode(response.body), to: "answer.b64")
        try command.output(of: "base64 -d -A -in …/answer.b64 -out …/answer.der")
        return response.body
    }

    /// What openssl makes of the last answer to its last question: signer and nonce, then what is said of each certificate.
    private func verdict(_ words: String) throws -> String {
        let trust = "-CAfile …/root.pem -verify_other …/issuing.pem"
        let whole = try command.run("ocsp -reqin …/question.der -respin …/answer.der \(trust)")
        #expect(whole.code == 0 && whole.errors.contains("Response verify OK"), "\(whole.errors)")
        #expect(!whole.errors.contains("nonce"), "\(whole.errors)")
        let run = try command.run("ocsp -no_nonce -respin …/answer.der \(trust) \(words)")
        return run.output + run.errors
    }

    @Test(arguments: ["", "-sha256", "-sha512"])
    func `openssl hears good, revoked with reason and time, and unknown`(_ digest: String) async throws {
        let stolen = try await commission("SN-1")
        try await commission("SN-2")
        try await revoke("SN-1", .keyCompromise)
        let words =
            "\(digest) -issuer …/issuing.pem -cert …/SN-1.pem \(digest) -cert …/SN-2.pem \(digest) -serial 0x1234"
        _ = try await ask(try question(words))
        let said = try verdict(words)
        #expect(said.contains("Response verify OK"), "\(said)")
        #expect(!said.contains("WARNING"), "\(said)")
        #expect(said.contains("SN-1.pem: revoked") && said.contains("Reason: keyCompromise"), "\(said)")
        #expect(said.contains("Revocation Time:"))
        #expect(said.contains("SN-2.pem: good") && said.contains("0x1234: unknown"), "\(said)")
        #expect(stolen[0].addresses == StatusAddresses())
    }

    @Test func `the answer is signed by a certificate for this purpose that nobody checks`() async throws {
        try await commission("SN-1")
        _ = try await ask(try question("-issuer …/issuing.pem -cert …/SN-1.pem"))
        let text = try command.output(of: "ocsp -respin …/answer.der -noverify -resp_text")
        #expect(text.contains("OCSP Signing") && text.contains("OCSP No Check"), "\(text)")
        #expect(text.contains("Issuer: CN=Test registrar issuing"))
        #expect(text.contains("Nonce"), "\(text)")
    }

    @Test func `a certificate of another authority is unknown, a reason that was not given is left out`()
        async throws
    {
        let chain = try await commission("SN-1")
        try await revoke("SN-1", .unspecified)
        let question = try StatusQuestion(about: chain[0], issuer: chain[1], nonce: [1])
        let now = chain[0].summary.notBefore.advanced(bySeconds: 300)
        let (status, _) = try question.status(in: try await ask(question.der), at: now)
        #expect(status == .revoked(reasonCode: 0, at: now))
        #expect(
            !(try command.output(of: "ocsp -respin …/answer.der -noverify -resp_text")).contains("Reason"))
        let foreign = try StatusQuestion(about: chain[0], issuer: chain[2], nonce: [1])
        let text = try await ask(foreign.der)
        #expect(throws: CredentialsError.self) { try question.status(in: text, at: now) }
        #expect(try command.output(of: "ocsp -respin …/answer.der -noverify -resp_text").contains("unknown"))
    }

    @Test func `the signer is kept for days and replaced in time`() async throws {
        let chain = try await commission("SN-1")
        let question = try StatusQuestion(about: chain[0], issuer: chain[1], nonce: [7, 7])
        let start = chain[0].summary.notBefore.advanced(bySeconds: 300)
        var signers: Set<String> = []
        for day in 0..<8 {
            let answer = try await ask(question.der)
            let now = start.advanced(bySeconds: Int64(day) * 86_400)
            #expect(try question.status(in: answer, at: now).status == .good)
            let text = try command.output(of: "ocsp -respin …/answer.der -noverify -resp_text")
            let number = text.split(separator: "Serial Number:")
            signers.insert(String(try #require(number.last).prefix(80)))
            fixture.world.advance(seconds: 86_400)
        }
        #expect(signers.count == 2 || signers.count == 3)
    }

    @Test func `the same question in the path is answered, also with slashes as they are`() async throws {
        let chain = try await commission("SN-1")
        // Some nonce gives a slash; which one is chance.
        let questions = try (0..<40).map { number in
            try StatusQuestion(
                about: chain[0], issuer: chain[1], nonce: [UInt8](repeating: UInt8(number), count: 32))
        }
        let question = try #require(questions.first { Base64.encode($0.der).contains("/") })
        let encoded = Route.certificateStatusOf(request: question.der).request()
        let raw = APIRequest(method: .get, path: "/v1/ocsp/" + Base64.encode(question.der))
        for request in [encoded, raw] {
            let response = await fixture.registrar.handle(request)
            let now = chain[0].summary.notBefore.advanced(bySeconds: 300)
            #expect(try question.status(in: response.body, at: now).status == .good)
        }
        let broken = APIRequest(method: .get, path: "/v1/ocsp/%25%25")
        #expect(await fixture.registrar.handle(broken).status == 400)
    }

    private static let malformed: [UInt8] = [0x30, 0x03, 0x0A, 0x01, 0x01]

    @Test func `what is no question is refused in the protocol's words`() async throws {
        let chain = try await commission("SN-1")
        let question = try StatusQuestion(about: chain[0], issuer: chain[1], nonce: [9]).der
        for count in 0..<question.count {
            #expect(try await ask(Array(question.prefix(count))) == Self.malformed)
        }
        #expect(try await ask(question + [0]) == Self.malformed)
        #expect(try await ask([UInt8](repeating: 0x30, count: 9000)) == Self.malformed)
        let many = (0..<21).map { "-serial \($0 + 1)" }.joined(separator: " ")
        #expect(try await ask(try self.question("-issuer …/issuing.pem \(many)")) == Self.malformed)
        let long = try StatusQuestion(
            about: chain[0], issuer: chain[1], nonce: [UInt8](repeating: 1, count: 129))
        #expect(try await ask(long.der) == Self.malformed)
        let longest = try StatusQuestion(
            about: chain[0], issuer: chain[1], nonce: [UInt8](repeating: 1, count: 128))
        #expect(try await ask(longest.der).count > 200)
    }

    @Test func `bytes changed by chance never bring the responder down nor a wrong word`() async throws {
        let chain = try await commission("SN-1")
        let question = try StatusQuestion(about: chain[0], issuer: chain[1], nonce: [1, 2, 3])
        var random = SeededRandom(seed: 5)
        for _ in 0..<500 {
            var bytes = question.der
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
            let response = await fixture.registrar.handle(Route.certificateStatus.request(body: bytes))
            #expect(response.status == 200 && response.contentType == "application/ocsp-response")
            #expect(!response.body.isEmpty)
        }
    }

    @Test func `certificates point to the public address once there is one`() async throws {
        #expect(try await fixture.registrar.publicURL() == nil)
        try await fixture.registrar.setPublicURL(Self.url)
        let chain = try await commission("SN-1")
        #expect(
            chain[0].addresses
                == StatusAddresses(
                    revocationLists: [Self.url.rawValue + "/v1/crl"],
                    responders: [Self.url.rawValue + "/v1/ocsp"], issuers: [Self.url.rawValue + "/v1/ca"]))
        let text = try command.output(of: "x509 -in …/SN-1.pem -noout -text")
        #expect(text.contains("CRL Distribution Points") && text.contains("URI:\(Self.url)/v1/crl"))
        #expect(text.contains("OCSP - URI:\(Self.url)/v1/ocsp"))
        #expect(text.contains("CA Issuers - URI:\(Self.url)/v1/ca"))
        #expect(
            try command.output(of: "x509 -in …/SN-1.pem -noout -ocsp_uri") == "\(Self.url)/v1/ocsp\n")
        let issuing = await fixture.registrar.handle(Route.issuingCertificate.request())
        #expect(issuing.body == chain[1].der && issuing.contentType == "application/pkix-cert")
        try await fixture.registrar.setPublicURL(nil)
        #expect(try await commission("SN-2")[0].addresses == StatusAddresses())
        let standing = try await fixture.registrar.standing()
        #expect(standing.publicURL == nil && standing.certificatesIssued == 2)
    }
}
