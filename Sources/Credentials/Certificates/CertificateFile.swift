package import Model

/// The certificates and requests of a file: PEM with any number of them, or DER of one.
package struct CertificateFile: Sendable {
    package enum Item: Sendable {
        case certificate(Certificate)
        case request(CertificateRequest)
    }

    package let items: [Item]
    /// Whether there is a private key in it too, which is not looked at.
    package let hasPrivateKey: Bool

    /// A chain has three or four certificates; a bundle of roots some more.
    package static let limitBytes = 1 << 20
    package static let limitItems = 64

    package init(_ bytes: [UInt8]) throws(CredentialsError) {
        guard bytes.count <= Self.limitBytes else {
            throw .tooLarge(subject: "certificate file", limitBytes: Self.limitBytes)
        }
        if bytes.first == 0x30 {
            items = [try Self.single(bytes)]
            hasPrivateKey = false
        } else {
            (items, hasPrivateKey) = try Self.blocks(String(decoding: bytes, as: UTF8.self))
        }
        guard !items.isEmpty else {
            throw .unreadable(
                subject: "certificate file",
                reason: hasPrivateKey
                    ? "it holds a private key alone" : "it has no certificate and no request")
        }
    }

    private static func single(_ der: [UInt8]) throws(CredentialsError) -> Item {
        if let certificate = try? Certificate(der) { return .certificate(certificate) }
        do { return .request(try CertificateRequest(der)) } catch {
            throw .unreadable(
                subject: "certificate file", reason: "it is neither a certificate nor a request in DER")
        }
    }

    /// The blocks of PEM text; those of other kinds, and text between them, do not count. Source: RFC 7468.
    private static func blocks(_ text: String) throws(CredentialsError) -> ([Item], Bool) {
        var (items, hasKey): ([Item], Bool) = ([], false)
        var block: [Substring] = []
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("-----BEGIN ") { block = [] }
            block.append(line)
            guard line.hasPrefix("-----END "), let first = block.first else { continue }
            let bytes = Array((block.joined(separator: "\n") + "\n").utf8)
            if first.hasPrefix("-----BEGIN CERTIFICATE-----") || first.hasPrefix("-----BEGIN TRUSTED ") {
                items.append(.certificate(try Certificate(bytes)))
            } else if first.contains("CERTIFICATE REQUEST-----") {
                items.append(.request(try CertificateRequest(bytes)))
            } else if first.contains("PRIVATE KEY-----") {
                hasKey = true
            }
            guard items.count <= limitItems else {
                throw .unreadable(
                    subject: "certificate file", reason: "it has more than \(limitItems) certificates")
            }
        }
        return (items, hasKey)
    }

    package var certificates: [Certificate] {
        items.compactMap { if case .certificate(let certificate) = $0 { certificate } else { nil } }
    }

    /// What the file says, and who of it or of the roots signed what.
    package func facts(roots: [Certificate] = []) throws(CredentialsError) -> CertificateFileFacts {
        var (facts, signers): ([CertificateFacts], [CertificateFileFacts.Signer]) = ([], [])
        for (index, item) in items.enumerated() {
            switch item {
            case .request(let request):
                facts.append(try request.facts)
                signers.append(.itself)
            case .certificate(let certificate):
                facts.append(try certificate.facts)
                signers.append(signer(of: certificate, at: index, roots: roots))
            }
        }
        return CertificateFileFacts(items: facts, signers: signers, hasPrivateKey: hasPrivateKey)
    }

    private func signer(
        of certificate: Certificate, at place: Int, roots: [Certificate]
    ) -> CertificateFileFacts.Signer {
        if roots.contains(where: { $0.der == certificate.der }) { return .trustedRoot }
        if certificate.isSigned(by: certificate) { return .itself }
        for (index, item) in items.enumerated() where index != place {
            if case .certificate(let other) = item, certificate.isSigned(by: other) { return .item(index) }
        }
        return roots.contains { certificate.isSigned(by: $0) } ? .trustedRoot : .unknown
    }
}
