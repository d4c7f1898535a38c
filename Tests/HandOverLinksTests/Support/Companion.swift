import Credentials
import HandOver
import HandOverLinks
import Model
import Processes
import TestSupport
import Testing

/// What a companion does with a link, without its store: a root and an authority of its own.
struct TestCompanion {
    let root: CertificateAuthority
    let issuing: CertificateAuthority
    static let nonce = [UInt8](repeating: 5, count: 32)
    private static let start = Timestamp(milliseconds: 1_700_000_000_000)
    private static let end = Timestamp(milliseconds: 4_000_000_000_000)

    init() throws {
        root = try CertificateAuthority.makeRoot(name: "Root", notBefore: Self.start, notAfter: Self.end)
        issuing = try root.makeIssuing(name: "Issuing", notBefore: Self.start, notAfter: Self.end)
    }

    func line(_ bench: Bench) throws -> ProtocolLink {
        let asker = LineAsker(
            SerialDeviceLine(try SerialLine.open(bench.tty), name: "serial:\(bench.tty)"), baud: 115_200,
            patience: LineAsker.Patience(answer: .milliseconds(100), tries: 60, silentTries: 8))
        return ProtocolLink(asker, digest: Digest.sha256)
    }

    /// `trust` is for HTTPS.
    static func web(
        _ address: String, _ trust: HTTPAsker.Trust? = nil,
        patience: HTTPAsker.Patience = HTTPAsker.Patience()
    ) throws -> ProtocolLink {
        guard case .web(let address)? = HandOverAddress(address) else {
            throw ProgramFailure(description: "\(address) is no address")
        }
        return ProtocolLink(
            try HTTPAsker(address, trust: trust, patience: patience, digest: Digest.sha256),
            digest: Digest.sha256)
    }

    func shell(_ server: ShellServer, _ path: String = "") throws -> SecureShell {
        guard case .shell(let address)? = HandOverAddress(server.address(path)) else {
            throw ProgramFailure(description: "\(server.address(path)) is no address")
        }
        return SecureShell(
            address, knownHosts: server.knownHosts, key: server.key, environment: ["PATH": "/usr/bin:/bin"])
    }

    /// A device that is a command at the other end of a login.
    func command(_ server: ShellServer, _ command: String) throws -> ProtocolLink {
        let line = try ShellCommandLine(try shell(server), command: command)
        return ProtocolLink(LineAsker(line, baud: nil, patience: .shell), digest: Digest.sha256)
    }

    /// A device's directory at the other end of a login.
    func directory(_ server: ShellServer, _ bench: Bench) throws -> DirectoryLink {
        let files = try SFTPFiles(try shell(server, bench.stick)).stick
        return DirectoryLink(
            bench.stick, scanned: Bench.identity, files: files, name: server.address(bench.stick),
            digest: Digest.sha256)
    }

    func stick(_ bench: Bench, _ files: StickFiles = .real) -> DirectoryLink {
        DirectoryLink(bench.stick, scanned: Bench.identity, files: files, digest: Digest.sha256)
    }

    /// Principals for the key of a request; each call issues another certificate.
    func bundle(for link: any HandOverLink, endpoint: String = "mqtts://a") throws -> PrincipalsBundle {
        let signed = try link.request(nonce: Self.nonce)
        let request = try CertificateRequest(Base64.decode(signed.request) ?? [])
        let leaf = try issuing.issueDevice(
            for: request, commonName: "SIM-1", notBefore: Self.start, notAfter: Self.end)
        return try PrincipalsBundle(
            operation: OperationID(milliseconds: 1, random: [UInt8](repeating: 1, count: 10)),
            deviceName: "SIM-1", publicKeyHash: request.publicKeyHash, nonce: Self.nonce,
            parts: [
                .certificate: Array((try leaf.pem + issuing.certificate.pem).utf8),
                .trust: Array(try root.certificate.pem.utf8),
                .endpoint: try CanonicalJSON.encode(EndpointFile(url: endpoint)),
            ], digest: Digest.sha256)
    }

    /// Installs, switches and confirms.
    ///
    /// - Throws: what the link throws; a proof that does not hold fails the test.
    func deliver(_ bundle: PrincipalsBundle, over link: any HandOverLink) throws {
        let nonce = SystemClock.randomBytes(32)
        let installed = try link.install(bundle, nonce: nonce)
        #expect(installed == .shown(contents: bundle.contents(nonce: nonce, digest: Digest.sha256)))
        #expect(try link.activate(bundle.id, nonce: nonce) == .switched)
        try expectProof(try link.confirm(bundle.id, nonce: nonce), of: bundle, nonce)
    }

    func expectProof(
        _ proof: InstallationProof?, of bundle: PrincipalsBundle, _ nonce: [UInt8]
    ) throws {
        let proof = try #require(proof)
        #expect(proof.bundle == bundle.id)
        #expect(proof.contents == bundle.contents(nonce: nonce, digest: Digest.sha256))
        let message = ProofMessage.confirmation(
            nonce: nonce, name: "SIM-1", bundle: bundle.id, contents: proof.contents)
        let pem = String(decoding: bundle.parts[.certificate] ?? [], as: UTF8.self)
        let leaf = try #require(try Certificate.chain(pem: pem).first)
        #expect(leaf.isSigned(message, by: Base64.decode(proof.signature) ?? []))
    }
}
