import Credentials
import HTTPClient
package import Model
import Processes

/// An authority outside that issues for the registrar, spoken to by EST. Source: RFC 7030.
///
/// What proves the registrar to it stays in files that only the registrar reads; their names alone are kept.
package struct ESTSettings: Codable, Equatable, Sendable {
    /// `https://host:port`, with `/.well-known/est` and a label behind it if need be.
    package var url: PublicURL
    /// The one root that the server's and all issued certificates must lead to, PEM.
    package var root: String
    package var user: String?
    package var passwordFile: String?
    /// PEM chain of the registrar's certificate at that authority.
    package var certificateFile: String?
    package var keyFile: String?

    package init(
        url: PublicURL, root: String, user: String? = nil, passwordFile: String? = nil,
        certificateFile: String? = nil, keyFile: String? = nil
    ) {
        self.url = url
        self.root = root
        self.user = user
        self.passwordFile = passwordFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }

    /// The address of one of the protocol's functions. Source: RFC 7030, section 3.2.2.
    func address(_ function: String) -> String {
        let path = url.rawValue.contains("/.well-known/est") ? "" : "/.well-known/est"
        return url.appending(path + "/" + function).rawValue
    }

    /// Why the settings as such cannot be used; `nil` when they can.
    var fault: String? {
        if !url.rawValue.hasPrefix("https://") { return "the address must start with https://" }
        if (user == nil) != (passwordFile == nil) { return "a user and a password file belong together" }
        if user?.contains(where: { $0 == ":" || $0.isNewline }) == true { return "a user has no colon" }
        if (certificateFile == nil) != (keyFile == nil) { return "a certificate and a key belong together" }
        return nil
    }

    /// `Authorization`, when there is a password. Source: RFC 7617.
    func authorization() throws(ESTError) -> HTTPField? {
        guard let user, let passwordFile else { return nil }
        var bytes = try Self.secret(passwordFile)
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return HTTPField("Authorization", "Basic " + Base64.encode(Array((user + ":").utf8) + bytes))
    }

    func identity() throws(ESTError) -> HTTPClient.Identity? {
        guard let certificateFile, let keyFile else { return nil }
        let chain = String(decoding: try Self.contents(certificateFile), as: UTF8.self)
        let key = Redacted(String(decoding: try Self.secret(keyFile), as: UTF8.self))
        return HTTPClient.Identity(certificateChain: chain, key: key)
    }

    /// A file that nobody else may read.
    private static func secret(_ path: String) throws(ESTError) -> [UInt8] {
        let mode: Int32
        do { mode = try Files.status(path)?.mode ?? 0 } catch { throw .file(error) }
        guard mode & 0o077 == 0 else { throw .fileOpen(path: path) }
        return try contents(path)
    }

    private static func contents(_ path: String) throws(ESTError) -> [UInt8] {
        do { return try Files.read(path, limit: Certificate.limitBytes) } catch { throw .file(error) }
    }
}
