import Credentials
package import HTTPServer
import Model
import RegistrarCore
import Wire

extension Registrar {
    /// Where a registrar listens, and by which names companions call it.
    package struct Listening: Sendable {
        package var address: String
        /// 0 takes any free port.
        package var port: UInt16
        package var hostNames: [String]

        package init(address: String, port: UInt16, hostNames: [String]) {
            self.address = address
            self.port = port
            self.hostNames = hostNames
        }
    }

    /// Answers over HTTPS until the server is stopped.
    package func serve(_ listening: Listening) throws(RegistrarError) -> HTTPServer {
        var identities = ServerIdentity(keys: keys, files: keyFiles, now: environment.now())
        let identity = try identities.make(for: listening.hostNames)
        let settings = HTTPServer.Settings(
            address: listening.address, port: listening.port, identity: identity,
            asksClients: try RegistrarError.wrapping { () throws(CredentialsError) in try keys.root.pem },
            bodyLimit: RegistrarLimits.bytesPerRequest)
        do {
            return try HTTPServer(settings) { request in await self.handle(request) }
        } catch { throw .server(error) }
    }

    private func handle(_ request: HTTPRequest) async -> HTTPResponse {
        guard let question = APIRequest(request) else {
            return HTTPResponse(.problem(Problem(.methodNotAllowed)))
        }
        return HTTPResponse(await handle(question))
    }
}

extension APIRequest {
    /// `nil` for a method that the API does not have.
    fileprivate init?(_ request: HTTPRequest) {
        guard let method = Method(rawValue: request.method) else { return nil }
        var items: [QueryItem] = []
        for pair in request.query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(parts[0]),
                let value = PercentEncoding.decode(parts.count == 2 ? parts[1] : "")
            else { continue }
            items.append(QueryItem(name, value))
        }
        let words = request.header("Authorization")?.split(separator: " ", maxSplits: 1) ?? []
        let token = words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
        self.init(
            method: method, path: request.path, query: items, token: token.map(Redacted.init),
            body: request.body,
            certificateHash: request.clientCertificate.map { PayloadHash(digest: Digest.sha256($0)) },
            peerAddress: request.peerAddress)
    }
}

extension HTTPResponse {
    fileprivate init(_ response: APIResponse) {
        var headers = [
            HTTPHeader("Content-Type", response.contentType),
            HTTPHeader(APIResponse.protocolHeader, APIResponse.protocolVersion),
            HTTPHeader("Cache-Control", "no-store"),
        ]
        if let seconds = response.retryAfterSeconds {
            headers.append(HTTPHeader("Retry-After", String(seconds)))
        }
        self.init(status: response.status, headers: headers, body: response.body)
    }
}
