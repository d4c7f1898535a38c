import Credentials
import HTTPClient
import HTTPServer
import Model
import Processes
import Registrar
import Synchronization
import TestSupport

/// A small EST server for these tests: an authority of its own, a password, and lies on demand. Its envelopes come from the
/// `openssl` command. Source: RFC 7030.
final class ESTPeer: Sendable {
    /// What it does when somebody enrols.
    enum Behaviour: Sendable {
        case issues
        /// Says "later" so often before it issues.
        case waits(Int, retryAfter: String)
        case answers(status: Int, body: String)
        /// Issues for a key of its own, not for that of the request.
        case takesOtherKey
        /// Issues with an authority that the root does not know.
        case usesOtherAuthority
        /// Issues, and then breaks off.
        case forgetsToAnswer
    }

    struct State {
        var behaviour = Behaviour.issues
        /// Paths with what was sent there, in their order.
        var calls: [(path: String, body: String)] = []
        var issued = 0
    }

    let root: CertificateAuthority
    let issuing: CertificateAuthority
    let directory: TemporaryDirectory
    private let stranger: CertificateAuthority
    let state = Mutex(State())
    private let now: Timestamp
    private let box = Mutex<HTTPServer?>(nil)

    static let password = "kulli-7-parrot"

    init(at now: Timestamp) throws {
        self.now = now
        directory = try TemporaryDirectory()
        func makeRoot(_ name: String) throws -> CertificateAuthority {
            try CertificateAuthority.makeRoot(
                name: name, notBefore: now.advanced(bySeconds: -60),
                notAfter: now.advanced(bySeconds: 86_400 * 4000))
        }
        root = try makeRoot("Acme CA root")
        stranger = try makeRoot("Stranger")
        issuing = try root.makeIssuing(
            name: "Acme CA issuing", notBefore: now.advanced(bySeconds: -60),
            notAfter: now.advanced(bySeconds: 86_400 * 3000))
        let key = try PrivateKey.generate(.p256)
        // TLS goes by the machine's clock, so its certificate is good for long before and after.
        let certificate = try issuing.issueServer(
            key: key, hostNames: ["127.0.0.1"], notBefore: now.advanced(bySeconds: -60),
            notAfter: now.advanced(bySeconds: 86_400 * 400))
        let identity = HTTPServer.Identity(
            certificateChain: try certificate.pem + issuing.certificate.pem, key: try key.pem)
        let server = try HTTPServer(HTTPServer.Settings(identity: identity)) { [weak self] request in
            self?.answer(request) ?? HTTPResponse(status: 503)
        }
        box.withLock { $0 = server }
    }

    func stop() async { await box.withLock { $0 }?.stop() }

    var port: UInt16 { box.withLock { $0?.port ?? 0 } }

    func settings(user: String? = "muster", password: String = password) throws -> ESTSettings {
        let path = try file(password + "\n", "password")
        return ESTSettings(
            url: PublicURL(trusted: "https://127.0.0.1:\(port)"), root: try root.certificate.pem,
            user: user, passwordFile: user == nil ? nil : path)
    }

    func file(_ text: String, _ name: String) throws -> String {
        try Files.writeAtomically(Array(text.utf8), to: directory.file(name))
        return directory.file(name)
    }

    private func answer(_ request: HTTPRequest) -> HTTPResponse {
        let body = String(decoding: request.body, as: UTF8.self)
        state.withLock { $0.calls.append((request.path, body)) }
        let prefix = "/.well-known/est/"
        guard request.path.hasPrefix(prefix) else { return HTTPResponse(status: 404) }
        do {
            switch (request.method, request.path.dropFirst(prefix.count)) {
            case ("GET", "cacerts"):
                return try envelope([issuing.certificate, root.certificate])
            case ("POST", "simpleenroll"), ("POST", "simplereenroll"):
                let right = "Basic " + Base64.encode(Array("muster:\(Self.password)".utf8))
                guard request.header("Authorization") == right else { return HTTPResponse(status: 401) }
                guard request.header("Content-Type") == "application/pkcs10", let der = Base64.decode(body)
                else { return HTTPResponse(status: 415) }
                return try enrol(try CertificateRequest(der))
            default: return HTTPResponse(status: 404)
            }
        } catch { return HTTPResponse(status: 400, body: Array("\(error)".utf8)) }
    }

    private func enrol(_ request: CertificateRequest) throws -> HTTPResponse {
        switch state.withLock({ $0.behaviour }) {
        case .issues: return try envelope([try issue(request, by: issuing)])
        case .waits(let count, let retryAfter):
            state.withLock { $0.behaviour = count > 1 ? .waits(count - 1, retryAfter: retryAfter) : .issues }
            return HTTPResponse(status: 202, headers: [HTTPHeader("Retry-After", retryAfter)])
        case .answers(let status, let body):
            return HTTPResponse(
                status: status, headers: [HTTPHeader("Location", "https://127.0.0.1:\(port)/elsewhere")],
                body: Array(body.utf8))
        case .takesOtherKey:
            let other = try CertificateRequest.create(key: .generate(.p256), commonName: "SN-1")
            return try envelope([try issue(other, by: issuing)])
        case .usesOtherAuthority: return try envelope([try issue(request, by: stranger)])
        case .forgetsToAnswer:
            _ = try issue(request, by: issuing)
            return HTTPResponse(status: 502)
        }
    }

    private func issue(
        _ request: CertificateRequest, by authority: CertificateAuthority
    ) throws -> Certificate {
        state.withLock { $0.issued += 1 }
        return try authority.issueDevice(
            for: request, commonName: request.commonName ?? "device", notBefore: now,
            notAfter: now.advanced(bySeconds: 86_400 * 300))
    }

    /// PKCS #7 of the `openssl` command, in base64 with line ends, as RFC 7030 wants it.
    private func envelope(_ certificates: [Certificate]) throws -> HTTPResponse {
        let command = try OpenSSLCommand()
        try command.write(try certificates.map { try $0.pem }.joined(), to: "all.pem")
        let text = try command.output(of: "crl2pkcs7 -nocrl -certfile …/all.pem")
        let base64 = text.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined(separator: "\r\n")
        return HTTPResponse(
            status: 200,
            headers: [
                HTTPHeader("Content-Type", "application/pkcs7-mime; smime-type=certs-only"),
                HTTPHeader("Content-Transfer-Encoding", "base64"),
            ], body: Array(base64.utf8))
    }
}
