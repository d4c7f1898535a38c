import Credentials
import HTTPServer
import HandOver
import HandOverLinks
import Model
import Processes
import SimulatedDevice
import TestSupport
import Testing

@Suite struct WebLinkTests {
    private let companion: TestCompanion
    private let bench: Bench

    init() throws {
        companion = try TestCompanion()
        bench = try Bench()
    }

    /// A device with a certificate of its own for its address; its root and the pin of its key.
    private func secureDevice() throws -> (DeviceProcess, root: String, pin: HTTPAsker.Trust) {
        let start = Timestamp(milliseconds: 1_700_000_000_000)
        let end = Timestamp(milliseconds: 4_000_000_000_000)
        let maker = try CertificateAuthority.makeRoot(name: "Maker", notBefore: start, notAfter: end)
        let key = try PrivateKey.generate(.p256)
        let certificate = try maker.issueServer(
            key: key, hostNames: ["127.0.0.1"], notBefore: start, notAfter: end)
        for (name, text) in [("web.pem", try certificate.pem), ("web.key", try key.pem.unredacted)] {
            try Files.writeAtomically(Array(text.utf8), to: bench.directory.file(name))
        }
        let device = try bench.webDevice([
            "--tls-certificate", bench.directory.file("web.pem"), "--tls-key",
            bench.directory.file("web.key"),
        ])
        return (device, try maker.certificate.pem, .key(try key.publicKeyHash))
    }

    @Test func `principals come over plain HTTP on the local network, and the record says so`() throws {
        let device = try bench.webDevice()
        let link = try TestCompanion.web(device.place)
        #expect(try link.hello().fields["serial"] == "SIM-1")
        #expect(link.evidence == LinkEvidence(.http))
        let bundle = try companion.bundle(for: link)
        try companion.deliver(bundle, over: link)
        #expect(try bench.standing().active == bundle.id)
        withExtendedLifetime(device) {}
    }

    @Test func `a device on HTTPS is known by its root or by its key, and its certificate is on record`()
        throws
    {
        let (device, root, pin) = try secureDevice()
        let pem = String(
            decoding: try Files.read(bench.directory.file("web.pem"), limit: 1 << 16), as: UTF8.self)
        let der = try #require(try Certificate.chain(pem: pem).first).der
        for trust in [.authorities(root), pin] {
            let link = try TestCompanion.web(device.place, trust)
            _ = try link.hello()
            #expect(
                link.evidence
                    == LinkEvidence(
                        .https, peer: "certificate sha256:\(Hexadecimal.encode(Digest.sha256(der)))"))
            let bundle = try companion.bundle(for: link)
            try companion.deliver(bundle, over: link)
            #expect(try bench.standing().active == bundle.id)
        }
        withExtendedLifetime(device) {}
    }

    @Test func `a device with another key or of another maker is not spoken to`() throws {
        let (device, _, _) = try secureDevice()
        let other = try PrivateKey.generate(.p256)
        for trust: HTTPAsker.Trust in [
            .key(try other.publicKeyHash), .authorities(try companion.root.certificate.pem),
        ] {
            #expect {
                try TestCompanion.web(device.place, trust).hello()
            } throws: { ($0 as? HandOverError)?.explanation.id == "device_not_trusted" }
        }
        withExtendedLifetime(device) {}
    }

    @Test
    func `nothing is sent over TLS without knowing whom to believe, or in plain where others may listen`() {
        #expect {
            try TestCompanion.web("https://127.0.0.1:1")
        } throws: { ($0 as? HandOverError)?.explanation.id == "device_not_trusted" }
        #expect {
            try TestCompanion.web("http://192.0.2.1")
        } throws: { ($0 as? HandOverError)?.explanation.id == "link_not_encrypted" }
    }

    @Test func `a private key does not go over plain HTTP`() throws {
        let device = try bench.webDevice()
        let link = try TestCompanion.web(device.place)
        let bundle = try companion.bundle(for: link)
        var parts = bundle.parts
        parts[.certificate, default: []] += Array(try PrivateKey.generate(.p256).pem.unredacted.utf8)
        let holding = try PrincipalsBundle(
            operation: bundle.manifest.operation, deviceName: "SIM-1",
            publicKeyHash: bundle.manifest.publicKeyHash, nonce: TestCompanion.nonce, parts: parts,
            digest: Digest.sha256)
        #expect(holding.holdsPrivateKey && !bundle.holdsPrivateKey)
        #expect {
            try link.install(holding, nonce: TestCompanion.nonce)
        } throws: { ($0 as? HandOverError)?.explanation.id == "link_not_encrypted" }
        #expect(try link.hello().pending == nil)
        withExtendedLifetime(device) {}
    }

    @Test(arguments: [
        ("GET", "/muster/v1/hand-over", "application/vnd.muster.hand-over", 405),
        ("POST", "/muster/v1/hand-over", "text/plain", 415),
        ("POST", "/", "application/vnd.muster.hand-over", 404),
        ("POST", "/muster/v1/hand-over", "application/vnd.muster.hand-over", 400),
    ])
    func `a device takes asks in one form only`(
        _ method: String, _ path: String, _ type: String, _ status: Int
    ) async throws {
        let desk = WebDesk(
            try SimulatedDevice(
                directory: bench.disk, fields: ["serial": "SIM-1"], now: { SystemClock.now() }))
        let request = HTTPRequest(
            method: method, path: path, query: "", headers: [HTTPHeader("Content-Type", type)], body: [1])
        #expect(await desk.answer(request).status == status)
    }

    @Test func `a device answers a damaged ask and one that it does not know`() async throws {
        let desk = WebDesk(
            try SimulatedDevice(
                directory: bench.disk, fields: ["serial": "SIM-1"], now: { SystemClock.now() }))
        var line = try ProtocolLine.encode(NumberedAsk(sequence: 4, ask: .hello))
        #expect(try await answer(desk, line).sequence == 4)
        line[20] ^= 1
        #expect(try await answer(desk, line).answer == .again)
        let unknown = try await answer(desk, try ProtocolLine.encode(["ask": "dance", "seq": "5"]))
        guard case .refusal(let refusal) = unknown.answer else {
            Issue.record("\(unknown)")
            return
        }
        #expect(refusal.code == .unknownAsk)
    }

    private func answer(_ desk: WebDesk, _ line: [UInt8]) async throws -> NumberedAnswer {
        let response = await desk.answer(
            HTTPRequest(
                method: "POST", path: WebAddress.servicePath, query: "",
                headers: [HTTPHeader("content-type", "application/vnd.muster.hand-over")], body: line))
        var reader = LineReader()
        guard response.status == 200, case .line(let json)? = reader.take(response.body).first else {
            throw ProgramFailure(description: "\(response)")
        }
        return try CanonicalJSON.decode(NumberedAnswer.self, from: json)
    }
}
