import AWSIoT
import Model
import Testing

@Suite struct AWSCredentialsTests {
    private func source(
        _ environment: [String: String] = [:], credentials: String? = nil, config: String? = nil
    ) -> AWSCredentialsSource {
        AWSCredentialsSource(
            environment: environment, credentialsFile: credentials.map { Redacted($0) },
            configFile: config.map { Redacted($0) })
    }

    private static let credentials = """
        # keys of the lab
        [default]
        aws_access_key_id = AKIADEFAULT
        aws_secret_access_key = s#cr=et/+

        [site]
        ; temporary
        AWS_ACCESS_KEY_ID=ASIASITE
        aws_secret_access_key=other   # until noon
        aws_session_token = token==
        s3 =
          max_concurrent_requests = 20
        """

    private static let config = """
        [default]
        region = eu-west-1
        [profile site]
        region = cn-north-1
        endpoint_url = http://127.0.0.1:5151
        [profile sso]
        sso_session = corp
        [profile process]
        credential_process = /bin/keys
        """

    @Test func `the environment comes first, and its region`() throws {
        let found = try source(
            [
                "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "x",
                "AWS_DEFAULT_REGION": "us-east-1",
                "HOME": "/root",
            ], credentials: Self.credentials, config: Self.config
        ).find()
        #expect(found.credentials.accessKeyID == "AKIAENV")
        #expect(found.region == "us-east-1")
        #expect(found.origin == "environment")
        #expect(found.credentials.areLongLived)
    }

    @Test func `profiles are read with comments, nested settings and equals signs in secrets`() throws {
        let both = source(credentials: Self.credentials, config: Self.config)
        let plain = try both.find()
        #expect(plain.credentials.secretAccessKey.unredacted == "s#cr=et/+")
        #expect(plain.region == "eu-west-1")
        let site = try both.find(profile: "site")
        #expect(site.credentials.accessKeyID == "ASIASITE")
        #expect(site.credentials.secretAccessKey.unredacted == "other")
        #expect(site.credentials.sessionToken?.unredacted == "token==")
        #expect(site.region == "cn-north-1")
        #expect(site.controlPlane == "http://127.0.0.1:5151")
        let named = try source(
            ["AWS_PROFILE": "site"], credentials: Self.credentials.replacingNewlines(), config: Self.config
        ).find()
        #expect(named.credentials.accessKeyID == "ASIASITE")
    }

    @Test(
        arguments: [
            (["AWS_ACCESS_KEY_ID": "AKIA"], nil, "aws_credentials_half", "AWS_SECRET_ACCESS_KEY"),
            (["AWS_SECRET_ACCESS_KEY": "s3cr3t"], nil, "aws_credentials_half", "AWS_ACCESS_KEY_ID"),
            ([:], nil, "aws_credentials_unsupported", "sso_session"),
            (["AWS_PROFILE": "process"], nil, "aws_credentials_unsupported", "credential_process"),
            (["AWS_PROFILE": "nobody"], nil, "aws_credentials_profile", "nobody"),
            (
                ["AWS_ACCESS_KEY_ID": "ASIA1", "AWS_SECRET_ACCESS_KEY": "s3cr3t"], nil,
                "aws_credentials_token", "temporary"
            ),
            ([:], "[sso\n", "aws_credentials_line", "line 1"),
            ([:], "aws_access_key_id = s3cr3t", "aws_credentials_line", "line 1"),
            ([:], "[sso]\naws_access_key_id = AKIA", "aws_credentials_incomplete", "aws_secret_access_key"),
        ] as [([String: String], String?, String, String)])
    func `what is missing is named, and no secret is`(
        _ environment: [String: String], _ credentials: String?, _ id: String, _ word: String
    ) throws {
        let source = source(environment, credentials: credentials, config: Self.config)
        let error = try #require(throws: AWSCredentialsError.self) {
            _ = try source.find(profile: environment.isEmpty ? "sso" : nil)
        }
        #expect(error.explanation.id == id)
        #expect(error.explanation.what.contains(word))
        #expect(!"\(error) \(error.explanation)".contains("s3cr3t"))
    }

    @Test func `nothing at all says which ways there are`() throws {
        let error = try #require(throws: AWSCredentialsError.self) { _ = try source().find() }
        #expect(error == .nothing)
        #expect(error.explanation.nextStep.contains("credential_process"))
        #expect(error.explanation.nextStep.contains("instance metadata"))
    }

    @Test func `a file that others can read is noticed`() {
        #expect(AWSCredentialsSource.isReadableByOthers(mode: 0o644))
        #expect(!AWSCredentialsSource.isReadableByOthers(mode: 0o600))
    }
}

extension String {
    /// With the line ends of Windows.
    fileprivate func replacingNewlines() -> String {
        split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
    }
}
