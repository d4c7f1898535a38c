package import Credentials
package import Model
internal import Processes

/// An authority with certificates for a server on this machine and for devices, valid now.
package struct PeerCredentials: Sendable {
    package let now: Timestamp
    package let root: CertificateAuthority
    private static let day: Int64 = 86_400

    package init(name: String = "Peer root") throws {
        now = SystemClock.now()
        root = try CertificateAuthority.makeRoot(
            name: name, notBefore: now.advanced(bySeconds: -400 * Self.day),
            notAfter: now.advanced(bySeconds: 400 * Self.day))
    }

    /// A server's certificate and key in PEM.
    package struct Server: Sendable {
        package var certificate: Certificate
        package var key: PrivateKey

        package init(certificate: Certificate, key: PrivateKey) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// Days from now in which the certificate is valid.
    package func server(
        _ names: [String] = ["localhost", "127.0.0.1"], from: Int64 = -1, to: Int64 = 30
    ) throws -> Server {
        let key = try PrivateKey.generate(.p256)
        let certificate = try root.issueServer(
            key: key, hostNames: names, notBefore: now.advanced(bySeconds: from * Self.day),
            notAfter: now.advanced(bySeconds: to * Self.day))
        return Server(certificate: certificate, key: key)
    }

    /// A device's certificate, for a key of its own unless one is given.
    package func device(_ name: String = "SN-1", key given: PrivateKey? = nil) throws -> TLSIdentity {
        let key = try given ?? PrivateKey.generate(.p256)
        let certificate = try root.issueDevice(
            for: try CertificateRequest.create(key: key, commonName: name), commonName: name,
            notBefore: now.advanced(bySeconds: -Self.day), notAfter: now.advanced(bySeconds: 30 * Self.day))
        return try TLSIdentity(chain: [certificate], key: key)
    }
}

extension PeerCredentials.Server {
    /// Writes both into files of a directory and gives their paths.
    func files(in directory: TemporaryDirectory) throws -> (certificate: String, key: String) {
        let paths = (directory.file("server.pem"), directory.file("server.key"))
        try Files.writeAtomically(Array(try certificate.pem.utf8), to: paths.0)
        try Files.writeAtomically(Array(try key.pem.unredacted.utf8), to: paths.1)
        return paths
    }
}
