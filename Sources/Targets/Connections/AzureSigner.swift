import AzureIoT
import Credentials
import HTTPClient
import Model
import Processes
package import TargetCore

/// Signs calls to Azure's service planes: with a policy's key, or with a token that something else makes.
struct AzureSigner: CallSigner {
    let target: TargetID
    /// Where a call goes; `nil` when it goes nowhere that is set.
    let reach: @Sendable (CloudCall) -> AzureReach?
    /// `key`, and `key.HOST` for hubs that have their own.
    let secrets: TargetSecrets
    private let tokens: TokenDesk

    init(
        target: TargetID, secrets: TargetSecrets, variables: [String: String],
        reach: @escaping @Sendable (CloudCall) -> AzureReach?
    ) {
        self.target = target
        self.secrets = secrets
        tokens = TokenDesk(variables)
        self.reach = reach
    }

    func signed(_ call: CloudCall, at now: Timestamp) async throws(TargetError) -> HTTPCall {
        guard let reach = reach(call) else {
            throw .settings(target: target, reason: "it has no access to \(call.plane)")
        }
        let secret = try await secret(for: reach, at: now)
        let authorization: Redacted<String>
        do {
            authorization = try AzureAuthorization.header(
                for: call, host: reach.host, access: reach.access, secret: secret, at: now, .system)
        } catch { throw .settings(target: target, reason: error.explanation.what) }
        return HTTPCall(
            method: call.method, url: reach.url + call.target,
            headers: call.headers.map { HTTPField($0.name, $0.value) }
                + [HTTPField("Authorization", authorization.unredacted)],
            body: call.sentBody)
    }

    private func secret(
        for reach: AzureReach, at now: Timestamp
    ) async throws(TargetError) -> Redacted<String> {
        switch reach.access {
        case .sharedAccess(let policy):
            guard let key = secrets["key." + reach.host] ?? secrets["key"] else {
                throw .settings(target: target, reason: "the key of the policy \(policy) is missing")
            }
            return key
        case .bearerFile(let path):
            do {
                let bytes = try Files.read(path, limit: TokenDesk.limitBytes)
                return Redacted(String(decoding: bytes, as: UTF8.self))
            } catch { throw .file(error) }
        case .bearerCommand(let words): return try await tokens.token(of: words, at: now)
        }
    }
}

extension CloudDigests {
    /// By libcrypto.
    package static let system = CloudDigests(
        sha256: Digest.sha256, hmacSHA256: { key, bytes in Digest.hmacSHA256(key: key, bytes) })
}
