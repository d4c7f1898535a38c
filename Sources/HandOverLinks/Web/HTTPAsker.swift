internal import HTTPClient
package import HandOver
package import Model

/// Asks over HTTP: each line is the body of a POST, and its answer the body of the reply.
package final class HTTPAsker: Asking {
    /// By what a device proves over TLS that it is the one meant.
    package enum Trust: Equatable, Sendable {
        /// A certificate for its address that leads to one of these, in PEM.
        case authorities(String)
        /// The key with this SHA-256 of its SubjectPublicKeyInfo.
        case key(PayloadHash)
    }

    /// Times of one ask.
    package struct Patience: Sendable {
        package var connecting: Duration
        /// A device that writes to slow flash takes seconds.
        package var answer: Duration
        /// How often is asked when nobody answers in time, or a line arrived damaged.
        package var tries: Int

        package init(connecting: Duration = .seconds(8), answer: Duration = .seconds(20), tries: Int = 2) {
            self.connecting = connecting
            self.answer = answer
            self.tries = tries
        }
    }

    package let name: String
    package var chunkBytes: Int { HandOverLimits.chunkBytes }
    package private(set) var evidence: LinkEvidence
    private let client: HTTPClient
    private let address: WebAddress
    private let patience: Patience
    private let digest: DigestFunction
    private var sequence = 0

    /// - Throws: `notEncrypted` for plain HTTP to what may be anywhere; `peerNotTrusted` for TLS without anything
    ///   to know the device by.
    package init(
        _ address: WebAddress, trust: Trust?, patience: Patience = Patience(),
        digest: @escaping DigestFunction
    ) throws(HandOverError) {
        self.address = address
        self.patience = patience
        self.digest = digest
        name = address.description
        evidence = LinkEvidence(address.isEncrypted ? .https : .http)
        try HandOverAddress.web(address).check()
        let believed: HTTPClient.Trust
        switch trust {
        case .authorities(let pem): believed = .authorities(pem)
        case .key(let hash):
            believed = .pinnedKey(sha256: Base64.encode(Hexadecimal.decode(hash.rawValue) ?? []))
        case nil where address.isEncrypted:
            throw .peerNotTrusted(
                link: name,
                reason: "neither its root nor its fingerprint was given (--device-root, --device-pin)")
        case nil: believed = .systemStore
        }
        do throws(HTTPClientError) {
            client = try HTTPClient(trust: believed, allowsPlain: !address.isEncrypted)
        } catch { throw .linkUnusable(link: name, reason: "cannot be used: \(error.explanation.what)") }
    }

    package func ask(_ ask: Ask) throws(HandOverError) -> Answer {
        sequence += 1
        let line = try ProtocolLine.encode(NumberedAsk(sequence: sequence, ask: ask))
        var silent = true
        for _ in 0..<max(1, patience.tries) {
            guard let reply = try reply(to: line) else { continue }
            silent = false
            switch try answer(in: reply) {
            case .refusal(let refusal):
                throw .refusedByDevice(code: refusal.code.rawValue, what: refusal.what)
            case .again: continue
            case let answer: return answer
            }
        }
        if silent { throw .noAnswer(link: name) }
        throw .lineUnreadable("the device must understand what it is sent")
    }

    /// `nil` when nobody answered in time.
    private func reply(to line: [UInt8]) throws(HandOverError) -> HTTPReply? {
        let call = HTTPCall(
            method: "POST", url: address.url,
            headers: [
                HTTPField("Content-Type", WebExchange.contentType),
                HTTPField("Accept", WebExchange.contentType),
            ], body: line, connectTimeout: patience.connecting, totalTimeout: patience.answer,
            replyLimit: WebExchange.replyBytes, tellsCertificate: address.isEncrypted)
        do throws(HTTPClientError) {
            let reply = try client.sendAndWait(call)
            if let pem = reply.certificate { evidence.peer = WebExchange.fingerprint(pem, digest) }
            return reply
        } catch {
            if case .timedOut(let sent) = error, sent { return nil }
            throw WebExchange.meaning(of: error, link: name)
        }
    }

    /// The one answer to this ask.
    private func answer(in reply: HTTPReply) throws(HandOverError) -> Answer {
        var reader = LineReader()
        let found = reader.take(reply.body + [0x0A])
        guard reply.status == 200, !found.isEmpty else {
            let heard = WebExchange.Heard(
                status: reply.status, contentType: reply.header("content-type"),
                location: reply.header("location"))
            throw .answeredByOther(link: name, what: heard.words)
        }
        for case .line(let json) in found {
            guard let answer = try? CanonicalJSON.decode(NumberedAnswer.self, from: json) else { continue }
            if answer.sequence == sequence || answer.answer == .again { return answer.answer }
        }
        throw .lineUnreadable("the answer must be a line of the protocol with the number of the ask")
    }
}
