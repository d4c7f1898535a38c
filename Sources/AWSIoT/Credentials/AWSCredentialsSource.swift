package import Model

/// Finds keys in what the environment and the shared files say, in AWS's own order. It opens no file itself.
package struct AWSCredentialsSource: Sendable {
    /// The environment's values by name; only those that start with `AWS_` matter.
    package var environment: [String: String]
    /// Text of `~/.aws/credentials`, or of what AWS_SHARED_CREDENTIALS_FILE names; `nil` when it is not there.
    package var credentialsFile: Redacted<String>?
    /// Text of `~/.aws/config`, or of what AWS_CONFIG_FILE names.
    package var configFile: Redacted<String>?

    package init(
        environment: [String: String], credentialsFile: Redacted<String>? = nil,
        configFile: Redacted<String>? = nil
    ) {
        self.environment = environment.filter { $0.key.hasPrefix("AWS_") && !$0.value.isEmpty }
        self.credentialsFile = credentialsFile
        self.configFile = configFile
    }

    /// What was found.
    package struct Found: Equatable, Sendable {
        package var credentials: AWSCredentials
        package var region: String?
        /// Where the control plane is, when that is set: AWS_ENDPOINT_URL or `endpoint_url`.
        package var controlPlane: String?
        /// `environment`, or the profile's name.
        package var origin: String
    }

    /// A profile that is chosen goes before the environment's keys.
    package func find(profile: String? = nil) throws(AWSCredentialsError) -> Found {
        if profile == nil, let found = try inEnvironment() { return found }
        return try inFiles(profile ?? environment["AWS_PROFILE"])
    }

    private func inEnvironment() throws(AWSCredentialsError) -> Found? {
        let (idName, secretName) = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        switch (environment[idName], environment[secretName]) {
        case (nil, nil): return nil
        case (.some, nil): throw .half(present: idName, missing: secretName)
        case (nil, .some): throw .half(present: secretName, missing: idName)
        case (.some(let id), .some(let secret)):
            let credentials = try keys(
                id: id, secret: secret, token: environment["AWS_SESSION_TOKEN"], origin: "the environment")
            let settings = (try? profileSettings(environment["AWS_PROFILE"])) ?? [:]
            return found(credentials, settings: settings, origin: "environment")
        }
    }

    private func inFiles(_ wanted: String?) throws(AWSCredentialsError) -> Found {
        let name = wanted ?? "default"
        guard let settings = try profileSettings(wanted) else {
            if wanted == nil { throw .nothing }
            throw .noProfile(name)
        }
        guard let id = settings["aws_access_key_id"] else {
            if let setting = Self.unsupported.first(where: { settings[$0] != nil }) {
                throw .unsupported(profile: name, setting: setting)
            }
            throw .incomplete(profile: name, missing: "aws_access_key_id")
        }
        guard let secret = settings["aws_secret_access_key"] else {
            throw .incomplete(profile: name, missing: "aws_secret_access_key")
        }
        let credentials = try keys(
            id: id, secret: secret, token: settings["aws_session_token"], origin: name)
        return found(credentials, settings: settings, origin: name)
    }

    /// Settings that stand for other ways of getting keys.
    private static let unsupported = [
        "credential_process", "sso_session", "sso_start_url", "role_arn", "web_identity_token_file",
        "credential_source",
    ]

    private func keys(
        id: String, secret: String, token: String?, origin: String
    ) throws(AWSCredentialsError) -> AWSCredentials {
        guard token != nil || !id.hasPrefix("ASIA") else { throw .noToken(profile: origin) }
        return AWSCredentials(
            accessKeyID: id.trimmed, secretAccessKey: Redacted(secret.trimmed),
            sessionToken: token.map { Redacted($0.trimmed) })
    }

    private func found(_ credentials: AWSCredentials, settings: [String: String], origin: String) -> Found {
        Found(
            credentials: credentials,
            region: environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? settings["region"],
            controlPlane: environment["AWS_ENDPOINT_URL_IOT"] ?? environment["AWS_ENDPOINT_URL"]
                ?? settings["endpoint_url"], origin: origin)
    }

    /// The settings of a profile, the credentials file's before the configuration file's; `nil` when neither has it.
    private func profileSettings(_ wanted: String?) throws(AWSCredentialsError) -> [String: String]? {
        let name = wanted ?? "default"
        let credentials = try credentialsFile.map { text throws(AWSCredentialsError) in
            try AWSProfileFile(text.unredacted, name: "the credentials file")
        }
        let config = try configFile.map { text throws(AWSCredentialsError) in
            try AWSProfileFile(text.unredacted, name: "the configuration file")
        }
        let configured =
            config?.sections["profile \(name)"] ?? (name == "default" ? config?.sections[name] : nil)
        guard let own = credentials?.sections[name] else { return configured }
        return own.merging(configured ?? [:]) { first, _ in first }
    }

    /// Whether others than the owner can read a file of keys, by its mode.
    package static func isReadableByOthers(mode: UInt32) -> Bool { mode & 0o077 != 0 }
}
