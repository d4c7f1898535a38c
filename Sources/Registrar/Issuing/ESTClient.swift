import Credentials
import HTTPClient
import Model
import RegistrarCore
import RegistrarStore

/// Asks an authority by EST. Nothing is followed and nothing believed that does not lead to the pinned root.
struct ESTClient {
    /// What an authority says to an enrolment.
    enum Answer {
        /// What came, with the new certificate somewhere in it.
        case issued([Certificate])
        /// Ask the same again after so many seconds.
        case later(seconds: Int)
    }

    private let settings: ESTSettings
    private let root: Certificate
    private let client: HTTPClient
    private let authorization: HTTPField?

    /// Seconds of a 202 answer without a time, and the bounds of those with one.
    private static let usualWait = 60
    private static let waits = 5...86_400

    init(_ settings: ESTSettings) throws(ESTError) {
        if let fault = settings.fault { throw .settings(reason: fault) }
        self.settings = settings
        do throws(CredentialsError) { root = try Certificate(Array(settings.root.utf8)) } catch {
            throw .answer(error)
        }
        authorization = try settings.authorization()
        let identity = try settings.identity()
        do throws(HTTPClientError) {
            client = try HTTPClient(trust: .authorities(settings.root), identity: identity)
        } catch { throw .http(error) }
    }

    /// The certificates of the authority. Source: RFC 7030, section 4.1.
    func authorities() async throws(ESTError) -> [Certificate] {
        let reply = try await send(HTTPCall(url: settings.address("cacerts"), headers: headers([])))
        guard reply.status == 200 else { throw .status(reply.status) }
        return try Self.certificates(reply.body)
    }

    /// Asks for a certificate. Source: RFC 7030, sections 4.2.1 and 4.2.2.
    func enrol(_ request: [UInt8], renews: Bool) async throws(ESTError) -> Answer {
        let reply = try await send(
            HTTPCall(
                method: "POST", url: settings.address(renews ? "simplereenroll" : "simpleenroll"),
                headers: headers([
                    HTTPField("Content-Type", "application/pkcs10"),
                    HTTPField("Content-Transfer-Encoding", "base64"),
                ]), body: Array(Base64.encode(request).utf8)))
        switch reply.status {
        case 200: return .issued(try Self.certificates(reply.body))
        case 202:
            let seconds = reply.header("Retry-After").flatMap(Int.init) ?? Self.usualWait
            return .later(seconds: min(max(seconds, Self.waits.lowerBound), Self.waits.upperBound))
        default: throw .status(reply.status)
        }
    }

    /// The certificate for a request with its chain up to the root, judged before anybody relies on it.
    func chain(
        of issued: [Certificate], authorities: [Certificate], for request: CertificateRequest,
        at now: Timestamp
    ) throws(ESTError) -> IssuedCertificate {
        guard let leaf = issued.first(where: { $0.summary.publicKeyHash == request.publicKeyHash }) else {
            throw .unfit(reason: "no certificate in it is for the key of the request")
        }
        do throws(CredentialsError) {
            if try leaf.facts.mayIssue { throw ESTFault.isAuthority }
            let path = try CertificateSet.path(
                from: leaf, through: issued + authorities, to: root, at: now)
            return IssuedCertificate(
                summary: leaf.summary,
                chain: try path.map { (one) throws(CredentialsError) in try one.pem }.joined(),
                issuer: settings.url.rawValue)
        } catch {
            throw error == ESTFault.isAuthority
                ? .unfit(reason: "it makes the device an authority")
                : .unfit(reason: "\(error.explanation.what)")
        }
    }

    private enum ESTFault {
        static let isAuthority = CredentialsError.notGenuine(subject: "certificate", reason: "CA:TRUE")
    }

    private func headers(_ others: [HTTPField]) -> [HTTPField] {
        others + (authorization.map { [$0] } ?? [])
    }

    private func send(_ call: HTTPCall) async throws(ESTError) -> HTTPReply {
        var call = call
        call.totalTimeout = .seconds(20)
        call.replyLimit = CertificateSet.limitBytes * 2
        do { return try await client.send(call) } catch { throw .http(error) }
    }

    /// The body is base64 with or without line ends; some send the bytes as they are.
    private static func certificates(_ body: [UInt8]) throws(ESTError) -> [Certificate] {
        var der = body
        if body.first != 0x30 {
            let text = String(
                decoding: body.filter { ![0x0A, 0x0D, 0x20, 0x09].contains($0) }, as: UTF8.self)
            der = Base64.decode(text) ?? []
        }
        do { return try CertificateSet.read(der) } catch { throw .answer(error) }
    }
}
