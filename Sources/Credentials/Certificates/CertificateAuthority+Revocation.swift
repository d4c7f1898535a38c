package import Model

extension CertificateAuthority {
    /// The list that a draft describes, signed, in DER. Source: RFC 5280, section 5.
    package func revocationList(_ draft: RevocationListDraft) throws(CredentialsError) -> [UInt8] {
        var entries: [(number: [UInt8], der: [UInt8])] = []
        for revoked in draft.revoked { entries.append(try Self.entry(revoked)) }
        // Lists are sorted, so that a reader can find a number fast.
        entries.sort { left, right in
            left.number.count == right.number.count
                ? left.number.lexicographicallyPrecedes(right.number) : left.number.count < right.number.count
        }
        let revoked = entries.isEmpty ? [] : DER.element(DER.Tag.sequence, of: entries.map(\.der))
        let extensions = DER.sequence(
            CertificateExtension.authorityKey(issuer.keyIdentifier),
            CertificateExtension.listNumber(draft.number))
        return try key.signed(
            DER.sequence(
                Self.version2, try key.signatureAlgorithm, issuer.name, try DER.time(draft.thisUpdate),
                try DER.time(draft.nextUpdate), revoked, DER.element(DER.Tag.constructed(0), extensions)))
    }

    private static let version2 = DER.integer([1])

    private static func entry(
        _ revoked: RevokedCertificate
    ) throws(CredentialsError) -> (number: [UInt8], der: [UInt8]) {
        guard let bytes = Hexadecimal.decode(revoked.serialNumber) else {
            throw .failed(
                step: "Making a revocation list", reason: "`\(revoked.serialNumber)` is no serial number")
        }
        // An unspecified reason is to be left out. Source: RFC 5280, section 5.3.1.
        let extensions =
            revoked.reason == .unspecified
            ? [] : DER.sequence(CertificateExtension.revocationReason(UInt8(revoked.reason.code)))
        let der = DER.sequence(DER.integer(bytes), try DER.time(revoked.at), extensions)
        return (Array(bytes.drop { $0 == 0 }), der)
    }
}
