import CommandTable
import Credentials
import Model
import Processes
import Wire

/// A claim certificate as files of a directory, for the device: `claim.json`, `claim.pem`, `claim.key` and `roots.pem`.
struct ClaimFiles {
    let directory: String

    /// What goes with the certificate; it holds no secret.
    struct Facts: Codable, Equatable {
        var certificateID: String
        var endpoint: String
        var expires: Timestamp
        var target: TargetID
        var template: String
    }

    private static let limitBytes = 64 << 10

    init(directory: String) {
        self.directory = directory
    }

    /// The directory of `--out`.
    init(_ invocation: Invocation) throws {
        guard let directory = invocation.value("out"), !directory.isEmpty else {
            throw CommandFailure(
                .usage, "usage", "Nothing was asked: it is not said where the claim is to lie.",
                "Add --out DIR.")
        }
        self.directory = directory
    }

    private func path(_ name: String) -> String { directory + "/" + name }

    /// Writes the claim and says until when it is good. The key is on the disk here and nowhere else.
    func write(_ claim: ProvisioningClaim, _ console: Console, at now: Timestamp) throws {
        let facts = Facts(
            certificateID: claim.certificateID, endpoint: claim.endpoint, expires: claim.expires,
            target: claim.target, template: claim.template)
        do throws(SystemError) {
            try Files.makeDirectories(directory, mode: 0o700)
            try Files.writeAtomically(
                Array(claim.privateKey.unredacted.utf8), to: path("claim.key"), mode: 0o600)
            try Files.writeAtomically(Array(claim.certificate.utf8), to: path("claim.pem"), mode: 0o600)
            try Files.writeAtomically(Array(claim.roots.utf8), to: path("roots.pem"), mode: 0o600)
        } catch { throw CommandFailure(.cannotWrite, error.explanation) }
        // Last: where it is, the rest is whole.
        let text = try CanonicalJSON.encode(facts)
        do { try Files.writeAtomically(text, to: path("claim.json"), mode: 0o600) } catch {
            throw CommandFailure(.cannotWrite, error.explanation)
        }
        let seconds = max(0, (claim.expires.milliseconds - now.milliseconds) / 1000)
        console.print(facts)
        console.show(
            "claim  \(directory): one installation by \(claim.template) at \(claim.target), until "
                + "\(claim.expires), \(seconds) s from now")
        console.remark(
            "Whoever has \(path("claim.key")) can provision a device until then. It is kept nowhere else; "
                + "delete the directory when the device is in.")
    }

    // MARK: Reading

    func facts() throws -> Facts {
        try CanonicalJSON.decode(
            Facts.self, from: try InputFile.bytes(path("claim.json"), limit: Self.limitBytes))
    }

    func identity() throws -> TLSIdentity {
        let key = String(
            decoding: try InputFile.bytes(path("claim.key"), limit: Self.limitBytes), as: UTF8.self)
        return try TLSIdentity(
            chain: try VerifyPrincipals.certificates(path("claim.pem")),
            key: try PrivateKey(pem: Redacted(key)))
    }

    func roots() throws -> [Certificate] { try VerifyPrincipals.certificates(path("roots.pem")) }
}
