internal import COpenSSL
package import Model

/// Certificates in a PKCS #7 envelope that nobody signed ("certs-only"). Sources: RFC 7030, section 4.1.3; RFC 5751, 3.7.
package enum CertificateSet {
    /// A chain and some older authorities have a tenth of it.
    package static let limitBytes = 128 << 10

    /// The certificates, in no order that means anything.
    ///
    /// - Throws: `unreadable` for anything else, an empty envelope and more than 64 certificates included.
    package static func read(_ der: [UInt8]) throws(CredentialsError) -> [Certificate] {
        guard der.count <= limitBytes else {
            throw .tooLarge(subject: "set of certificates", limitBytes: limitBytes)
        }
        guard let read = DER.read(der, { cossl_read_set($0, $1) }, free: { cossl_free_set($0) }) else {
            throw Library.unreadable("set of certificates")
        }
        defer { cossl_free_set(read) }
        let stack = cossl_set_certificates(read)
        let count = cossl_certificates_count(stack)
        guard (1...CertificateFile.limitItems).contains(Int(count)) else {
            throw .unreadable(
                subject: "set of certificates",
                reason: "it must have 1 to \(CertificateFile.limitItems) certificates")
        }
        var found: [Certificate] = []
        for index in 0..<count {
            guard let pointer = cossl_certificates_at(stack, index) else { break }
            X509_up_ref(pointer)
            found.append(try Certificate(taking: pointer))
        }
        return found
    }

    /// A certificate and what leads from it to a root, which is the last; other certificates are left out.
    ///
    /// - Throws: `notGenuine` when nothing leads there, or something did not hold at the time.
    package static func path(
        from leaf: Certificate, through others: [Certificate], to root: Certificate, at time: Timestamp
    ) throws(CredentialsError) -> [Certificate] {
        try Certificate.verifyChain(leaf: leaf, intermediates: others, roots: [root], at: time)
        var path = [leaf]
        while let last = path.last, !last.isSigned(by: root) {
            let known = Set(path.map(\.summary.fingerprint))
            let next = others.first {
                !known.contains($0.summary.fingerprint) && last.isSigned(by: $0)
            }
            guard let next else {
                throw .notGenuine(subject: "certificate", reason: "its chain does not lead to the root")
            }
            path.append(next)
        }
        return path + [root]
    }
}
