internal import CCurl
package import Model

/// Sends HTTP requests over TLS 1.2 or newer. One thread moves all bytes; callers only wait.
///
/// No redirect, proxy, netrc or cookie is followed or read: what is sent goes to the address given and nowhere else.
package final class HTTPClient: Sendable {
    /// Whom the client believes.
    package enum Trust: Sendable {
        case systemStore
        /// Only servers whose certificate leads to one of these authorities, in PEM.
        case authorities(String)
        /// Only the server that has the key whose SubjectPublicKeyInfo has this SHA-256, in base64; names and
        /// dates of its certificate do not count. Source: RFC 7469, section 2.4, for what is hashed.
        case pinnedKey(sha256: String)
    }

    /// What the client proves itself with, both in PEM.
    package struct Identity: Sendable {
        package var certificateChain: String
        package var key: Redacted<String>

        package init(certificateChain: String, key: Redacted<String>) {
            self.certificateChain = certificateChain
            self.key = key
        }
    }

    private let client: Client
    private let waiting: Waiting
    private let trust: Trust
    private let identity: Identity?
    private let allowsPlain: Bool

    /// Starts the client's thread. `identity` is the client certificate, where the server asks for one; `allowsPlain` lets
    /// `http://` addresses through, for servers on the same machine.
    ///
    /// - Throws: `libraryMissing`, or `unusable` when the machine gives no thread.
    package init(
        trust: Trust, identity: Identity? = nil, allowsPlain: Bool = false
    ) throws(HTTPClientError) {
        if let reason = ccurl_missing() { throw .libraryMissing(reason: String(cString: reason)) }
        waiting = Waiting()
        let context = Unmanaged.passUnretained(waiting).toOpaque()
        guard let started = ccurl_start({ @Sendable in Waiting.finished($0, $1, $2) }, context) else {
            throw .unusable(reason: "no thread could be started")
        }
        client = Client(pointer: started)
        self.trust = trust
        self.identity = identity
        self.allowsPlain = allowsPlain
    }

    deinit { ccurl_stop(client.pointer) }

    /// Sends one request and waits for its answer. Any status is an answer; cancelling the task gives the call up.
    package func send(_ call: HTTPCall) async throws(HTTPClientError) -> HTTPReply {
        let id = waiting.nextID()
        let result: Waiting.Outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting.add(id) { continuation.resume(returning: $0) }
                start(id, call)
                if Task.isCancelled { ccurl_cancel(client.pointer, id) }
            }
        } onCancel: {
            ccurl_cancel(client.pointer, id)
        }
        return try result.get()
    }

    /// The same for a thread that may block: it needs none of the cooperative threads.
    package func sendAndWait(_ call: HTTPCall) throws(HTTPClientError) -> HTTPReply {
        let id = waiting.nextID()
        let place = Place()
        waiting.add(id) { place.put($0) }
        start(id, call)
        return try place.wait().get()
    }

    private func start(_ id: UInt64, _ call: HTTPCall) {
        let headers = call.headers.map { CText("\($0.name): \($0.value.unredacted)") }
        let url = CText(call.url)
        let method = CText(call.method)
        let authorities: CText? = if case .authorities(let text) = trust { CText(text) } else { nil }
        let pin: CText? = if case .pinnedKey(let hash) = trust { CText("sha256//" + hash) } else { nil }
        let certificate = identity.map { CText($0.certificateChain) }
        let key = identity.map { CText($0.key.unredacted) }
        let pointers: [UnsafePointer<CChar>?] = headers.map { $0.pointer }
        pointers.withUnsafeBufferPointer { headerPointers in
            call.withBody { body in
                var raw = ccurl_call(
                    url: url.pointer, method: method.pointer, headers: headerPointers.baseAddress,
                    header_count: headers.count, body: body.baseAddress, body_count: body.count,
                    authorities: authorities?.pointer, pinned_key: pin?.pointer,
                    certificate: certificate?.pointer, key: key?.pointer,
                    allow_plain: allowsPlain ? 1 : 0, connect_milliseconds: call.connectTimeout.milliseconds,
                    total_milliseconds: call.totalTimeout.milliseconds, reply_limit: call.replyLimit,
                    tell_certificate: call.tellsCertificate ? 1 : 0, once: call.isSentOnce ? 1 : 0)
                ccurl_send(client.pointer, id, &raw)
            }
        }
        withExtendedLifetime((headers, url, method, authorities, pin, certificate, key)) {}
    }
}

/// The C client; it locks for itself and may be called from any thread.
private struct Client: @unchecked Sendable {
    let pointer: OpaquePointer
}

extension HTTPCall {
    fileprivate func withBody(_ use: (UnsafeBufferPointer<UInt8>) -> Void) {
        guard let secretBody else { return body.withUnsafeBufferPointer(use) }
        secretBody.bytes.lend { span in span.withUnsafeBufferPointer(use) }
    }
}

/// A C string that lives as long as this object.
private final class CText {
    let pointer: UnsafePointer<CChar>
    private let bytes: UnsafeMutableBufferPointer<CChar>

    init(_ text: String) {
        let characters = text.utf8CString
        bytes = .allocate(capacity: characters.count)
        _ = bytes.initialize(from: characters)
        // A C string has at least its terminating NUL.
        pointer = UnsafePointer(bytes.baseAddress.unsafelyUnwrapped)
    }

    deinit {
        bytes.update(repeating: 0)
        bytes.deallocate()
    }
}

extension Duration {
    fileprivate var milliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
