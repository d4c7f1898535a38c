import AWSIoT
import HTTPClient
import Model
import Processes
import Synchronization
import TargetCore

/// Signs calls to AWS with keys that the registrar keeps, or that lie in its environment and the shared files.
struct AWSSigner: CallSigner {
    let target: TargetID
    let endpoint: AWSEndpoint
    let secrets: TargetSecrets
    let variables: [String: String]
    private let shared = SharedCredentials()

    init(
        target: TargetID, endpoint: AWSEndpoint, secrets: TargetSecrets, variables: [String: String]
    ) {
        self.target = target
        self.endpoint = endpoint
        self.secrets = secrets
        self.variables = variables
    }

    func signed(_ call: CloudCall, at now: Timestamp) async throws(TargetError) -> HTTPCall {
        guard let plane = AWSPlane(rawValue: call.plane) else {
            throw .settings(target: target, reason: "it has no access to \(call.plane)")
        }
        let signer = SigV4(
            try credentials(at: now), region: endpoint.region,
            service: endpoint.signingName(of: plane), digests: .system, options: plane.signing)
        let host = endpoint.host(of: plane)
        return HTTPCall(
            method: call.method, url: endpoint.address(of: plane) + call.target,
            headers: signer.headers(for: call, host: host, at: now).map {
                HTTPField($0.name, $0.value)
            }, body: call.sentBody)
    }

    /// Those that were given for the target, else those of the environment, else those of the shared files.
    private func credentials(at now: Timestamp) throws(TargetError) -> AWSCredentials {
        if let id = secrets["accessKeyID"], let secret = secrets["secretAccessKey"] {
            return AWSCredentials(
                accessKeyID: id.unredacted, secretAccessKey: secret, sessionToken: secrets["sessionToken"])
        }
        return try shared.find(variables, at: now)
    }
}

/// Credentials of the environment and the shared files, looked for again now and then: temporary ones are replaced there.
private final class SharedCredentials: Sendable {
    private static let freshSeconds: Int64 = 60
    private static let limitBytes = 1 << 20
    private let kept = Mutex<(credentials: AWSCredentials, until: Timestamp)?>(nil)

    func find(_ variables: [String: String], at now: Timestamp) throws(TargetError) -> AWSCredentials {
        if let known = kept.withLock({ $0 }), now < known.until { return known.credentials }
        let source = AWSCredentialsSource(
            environment: variables,
            credentialsFile: try text(variables, "AWS_SHARED_CREDENTIALS_FILE", "credentials"),
            configFile: try text(variables, "AWS_CONFIG_FILE", "config"))
        let found: AWSCredentials
        do { found = try source.find().credentials } catch { throw .credentials(error) }
        kept.withLock { $0 = (found, now.advanced(bySeconds: Self.freshSeconds)) }
        return found
    }

    /// The text of a file that the environment names, or of the usual one; `nil` when it is not there.
    private func text(
        _ variables: [String: String], _ name: String, _ usual: String
    ) throws(TargetError) -> Redacted<String>? {
        guard let path = variables[name] ?? variables["HOME"].map({ $0 + "/.aws/" + usual }) else {
            return nil
        }
        do {
            return Redacted(
                String(decoding: try Files.read(path, limit: Self.limitBytes), as: UTF8.self))
        } catch {
            if case .missing = error { return nil }
            throw .file(error)
        }
    }
}
