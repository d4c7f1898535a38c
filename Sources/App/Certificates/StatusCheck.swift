import CommandTable
import Credentials
import HTTPClient
import Model

/// Asks whether certificates were revoked: OCSP responders, revocation lists, or both.
struct StatusCheck {
    /// A list, and the file or address that it is from.
    struct Listing {
        var source: String
        var list: RevocationList
    }

    var asksResponders: Bool
    var lists: [Listing]
    /// Certificates that may have issued others, besides those of the file.
    var authorities: [Certificate]
    let client: StatusClient
    let now: Timestamp
    let randomBytes: @Sendable (Int) -> [UInt8]

    /// What is said of each certificate of a file, by its fingerprint. Roots vouch for themselves and are not asked about.
    func standings(of file: CertificateFile) async -> [PayloadHash: [CertificateStanding]] {
        var found: [PayloadHash: [CertificateStanding]] = [:]
        let certificates = file.certificates
        for certificate in certificates where !certificate.isSigned(by: certificate) {
            // Most authorities tell nothing of the authorities below them; of a device's certificate there must be word.
            let isLeaf = !certificates.contains { $0.isSigned(by: certificate) }
            found[certificate.summary.fingerprint] = await standings(
                of: certificate, mustBeTold: isLeaf,
                issuer: (certificates + authorities).first { certificate.isSigned(by: $0) })
        }
        return found
    }

    private func standings(
        of certificate: Certificate, mustBeTold: Bool, issuer: Certificate?
    ) async -> [CertificateStanding] {
        guard let issuer else {
            guard mustBeTold else { return [] }
            return [
                CertificateStanding(
                    source: "anybody",
                    verdict: .notLearned(reason: "the certificate of its issuer is not at hand"))
            ]
        }
        var found: [CertificateStanding] = []
        if asksResponders, mustBeTold || !certificate.addresses.responders.isEmpty {
            found.append(await askResponders(about: certificate, issuer))
        }
        if !lists.isEmpty { found += search(certificate, issuer, mustBeTold) }
        return found
    }

    /// The word of the first responder that gives one; what the last said when none does.
    private func askResponders(about certificate: Certificate, _ issuer: Certificate) async
        -> CertificateStanding
    {
        var last = CertificateStanding(
            source: "a responder", verdict: .notLearned(reason: "the certificate names none"))
        for address in certificate.addresses.responders {
            last.source = address
            do {
                let question = try StatusQuestion(
                    about: certificate, issuer: issuer, nonce: randomBytes(32))
                let answer = try await client.ask(address, question.der)
                let (status, until) = try question.status(in: answer, at: now)
                last.verdict = .said(status, until: until)
                return last
            } catch { last.verdict = .notLearned(reason: Self.reason(error)) }
        }
        return last
    }

    private func search(
        _ certificate: Certificate, _ issuer: Certificate, _ mustBeTold: Bool
    ) -> [CertificateStanding] {
        let matching = lists.filter { $0.list.isSigned(by: issuer) }
        guard !matching.isEmpty || !mustBeTold else {
            return [
                CertificateStanding(
                    source: lists[0].source,
                    verdict: .notLearned(reason: "it is not signed by the certificate's issuer"))
            ]
        }
        return matching.map { listing in
            do throws(CredentialsError) {
                let (status, until) = try listing.list.status(of: certificate, issuer: issuer, at: now)
                return CertificateStanding(source: listing.source, verdict: .said(status, until: until))
            } catch {
                return CertificateStanding(
                    source: listing.source, verdict: .notLearned(reason: Self.reason(error)))
            }
        }
    }

    /// A sentence inside a sentence has no full stop.
    private static func reason(_ error: any Error) -> String {
        let text = CommandFailure(error).explanation.what.description
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

/// Fetches status answers and lists over HTTP. They are signed, so plain HTTP is as good: RFC 5280, section 8.
struct StatusClient {
    private let client: HTTPClient

    /// The roots are believed over HTTPS and nobody else; the system's authorities when there are none.
    init(roots: [Certificate]) throws {
        let trust: HTTPClient.Trust =
            roots.isEmpty ? .systemStore : .authorities(try roots.map { try $0.pem }.joined())
        client = try HTTPClient(trust: trust, allowsPlain: true)
    }

    func ask(_ url: String, _ question: [UInt8]) async throws -> [UInt8] {
        try await send(
            HTTPCall(
                method: "POST", url: url, headers: [HTTPField("Content-Type", "application/ocsp-request")],
                body: question, totalTimeout: .seconds(20), replyLimit: StatusQuestion.answerLimitBytes))
    }

    func list(_ url: String) async throws -> [UInt8] {
        try await send(HTTPCall(url: url, replyLimit: RevocationList.limitBytes))
    }

    private func send(_ call: HTTPCall) async throws -> [UInt8] {
        let reply = try await client.send(call)
        guard reply.status == 200 else {
            throw CommandFailure(
                .failed, "status_refused", "\(call.url) answered with status \(reply.status).",
                "Check the address, then try again.")
        }
        return reply.body
    }
}
