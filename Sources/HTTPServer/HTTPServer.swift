internal import CMicrohttpd
internal import Glibc
package import Model
internal import Synchronization

/// An HTTP/1.1 server with TLS 1.2 or newer, answering on a thread of its own; handlers run as tasks.
package final class HTTPServer: Sendable {
    package struct Settings: Sendable {
        /// Numeric IPv4 or IPv6 address to listen on.
        package var address: String
        /// 0 takes any free port.
        package var port: UInt16
        /// PEM chain, the server's certificate first, and its key; plain HTTP without.
        package var identity: Identity?
        /// PEM of any authority: clients are asked for a certificate and may have none. Nobody verifies who made it: whoever
        /// shows it has its key, and that is all it says (RFC 8705, section 2.2).
        package var asksClients: String?
        /// Bytes; a longer body is answered by status 413 and never reaches the handler.
        package var bodyLimit: Int
        package var idleSeconds: UInt32
        package var connectionLimit: UInt32

        package init(
            address: String = "127.0.0.1", port: UInt16 = 0, identity: Identity? = nil,
            asksClients: String? = nil, bodyLimit: Int = 1 << 20,
            idleSeconds: UInt32 = 60, connectionLimit: UInt32 = 1000
        ) {
            self.address = address
            self.port = port
            self.identity = identity
            self.asksClients = asksClients
            self.bodyLimit = bodyLimit
            self.idleSeconds = idleSeconds
            self.connectionLimit = connectionLimit
        }
    }

    /// What a TLS server proves itself with.
    package struct Identity: Sendable {
        package var certificateChain: String
        package var key: Redacted<String>

        package init(certificateChain: String, key: Redacted<String>) {
            self.certificateChain = certificateChain
            self.key = key
        }
    }

    package typealias Handler = @Sendable (HTTPRequest) async -> HTTPResponse

    /// The port that is listened on, also when any free one was asked for.
    package let port: UInt16
    /// `nil` once stopped.
    private let server: Mutex<Handle?>
    private let handler: Unmanaged<HandlerBox>

    /// - Throws: `HTTPServerError`, with the system's or the loader's reason.
    package init(_ settings: Settings, handler: @escaping Handler) throws(HTTPServerError) {
        if let reason = cmhd_missing() { throw .libraryMissing(reason: String(cString: reason)) }
        let box = Unmanaged.passRetained(HandlerBox(handler))
        guard let started = Self.start(settings, box) else {
            let code = errno
            box.release()
            throw .cannotListen(
                address: settings.address, port: settings.port, reason: String(cString: strerror(code)))
        }
        port = cmhd_port(started)
        server = Mutex(Handle(pointer: started))
        self.handler = box
    }

    /// Takes no new connection, lets running handlers answer, and frees the port. Doing it twice is harmless.
    package func stop() async {
        guard let handle = server.withLock({ $0.take() }) else { return }
        await withCheckedContinuation { continuation in
            // A thread of its own: waiting for handlers on the cooperative threads could starve them.
            let work = Unmanaged.passRetained(
                Work {
                    cmhd_stop(handle.pointer); continuation.resume()
                })
            var thread = pthread_t()
            let made = pthread_create(&thread, nil, { @Sendable in Work.run($0) }, work.toOpaque())
            if made == 0 { pthread_detach(thread) } else { work.takeRetainedValue().body() }
        }
        handler.release()
    }

    private static func start(_ settings: Settings, _ box: Unmanaged<HandlerBox>) -> OpaquePointer? {
        func start(
            _ certificate: UnsafePointer<CChar>?, _ key: UnsafePointer<CChar>?,
            _ authority: UnsafePointer<CChar>?
        ) -> OpaquePointer? {
            settings.address.withCString { address in
                var raw = cmhd_settings(
                    address: address, port: settings.port, certificate: certificate, key: key,
                    ask_clients: authority,
                    body_limit: settings.bodyLimit, idle_seconds: settings.idleSeconds,
                    connection_limit: settings.connectionLimit)
                return cmhd_start(&raw, { @Sendable in HandlerBox.answer($0, $1) }, box.toOpaque())
            }
        }
        guard let identity = settings.identity else { return start(nil, nil, nil) }
        return identity.certificateChain.withCString { chain in
            identity.key.unredacted.withCString { key in
                guard let authority = settings.asksClients else { return start(chain, key, nil) }
                return authority.withCString { start(chain, key, $0) }
            }
        }
    }
}

/// The server's pointer; the library may be called with it from any thread.
private struct Handle: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// A closure that a thread runs once.
private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }

    static func run(_ raw: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        raw.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue().body() }
        return nil
    }
}

/// The handler as the C side carries it.
private final class HandlerBox: Sendable {
    let handler: HTTPServer.Handler

    init(_ handler: @escaping HTTPServer.Handler) {
        self.handler = handler
    }

    /// Starts a task for one request; the request stays suspended until the task answers it.
    static func answer(_ context: UnsafeMutableRawPointer?, _ raw: OpaquePointer?) {
        guard let context, let raw else { return }
        let handler = Unmanaged<HandlerBox>.fromOpaque(context).takeUnretainedValue().handler
        let pending = PendingRequest(raw)
        let request = pending.read()
        Task { pending.answer(await handler(request)) }
    }
}

/// A request that waits for its answer. Answered exactly once, by the task that was made for it.
private struct PendingRequest: @unchecked Sendable {
    private let raw: OpaquePointer

    init(_ raw: OpaquePointer) {
        self.raw = raw
    }

    func read() -> HTTPRequest {
        let target = String(cString: cmhd_target(raw))
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var count = 0
        let start = cmhd_body(raw, &count)
        var headers: [HTTPHeader] = []
        withUnsafeMutablePointer(to: &headers) { list in
            cmhd_each_header(
                raw,
                { @Sendable context, name, value in
                    guard let context, let name, let value else { return }
                    context.assumingMemoryBound(to: [HTTPHeader].self).pointee.append(
                        HTTPHeader(String(cString: name), String(cString: value)))
                }, list)
        }
        return HTTPRequest(
            method: String(cString: cmhd_method(raw)), path: String(parts[0]),
            query: parts.count > 1 ? String(parts[1]) : "", headers: headers,
            body: Array(UnsafeBufferPointer(start: start, count: count)),
            clientCertificate: certificate(), peerAddress: peerAddress())
    }

    private func peerAddress() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = cmhd_address(raw, &bytes)
        return count == 0 ? nil : Array(bytes.prefix(count))
    }

    private func certificate() -> [UInt8]? {
        var count = 0
        guard let start = cmhd_certificate(raw, &count), count > 0 else { return nil }
        return Array(UnsafeBufferPointer(start: start, count: count))
    }

    func answer(_ response: HTTPResponse) {
        let texts = response.headers.flatMap { [strdup($0.name), strdup($0.value)] }
        defer { texts.forEach { free($0) } }
        let pointers = texts.map { UnsafePointer($0) }
        cmhd_answer(
            raw, UInt32(response.status), pointers, response.headers.count, response.body, response.body.count
        )
    }
}
