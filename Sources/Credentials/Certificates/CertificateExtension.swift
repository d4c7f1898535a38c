import Model

/// The extensions of certificates that are issued here, in DER. Source: RFC 5280, sections 4.2.1 and 4.2.2.
///
/// What is the same in every certificate is encoded once.
enum CertificateExtension {
    /// Object identifiers below 2.5.29, with their headers.
    private enum ID {
        static let subjectKey = DER.object([2, 5, 29, 14])
        static let keyUsage = DER.object([2, 5, 29, 15])
        static let alternativeNames = DER.object([2, 5, 29, 17])
        static let basicConstraints = DER.object([2, 5, 29, 19])
        static let listNumber = DER.object([2, 5, 29, 20])
        static let revocationReason = DER.object([2, 5, 29, 21])
        static let revocationLists = DER.object([2, 5, 29, 31])
        static let authorityKey = DER.object([2, 5, 29, 35])
        static let purposes = DER.object([2, 5, 29, 37])
        static let accesses = DER.object([1, 3, 6, 1, 5, 5, 7, 1, 1])
        static let responder = DER.object([1, 3, 6, 1, 5, 5, 7, 48, 1])
        static let noCheck = DER.object([1, 3, 6, 1, 5, 5, 7, 48, 1, 5])
        static let issuer = DER.object([1, 3, 6, 1, 5, 5, 7, 48, 2])
    }

    private static let yes = DER.element(DER.Tag.boolean, [0xFF])

    private static func make(_ id: [UInt8], critical: Bool = false, _ value: [UInt8]) -> [UInt8] {
        DER.sequence(id, critical ? yes : [], DER.octetString(value))
    }

    /// Basic constraints of an authority that may have so many authorities below it.
    static func authority(pathLength: UInt8) -> [UInt8] {
        make(ID.basicConstraints, critical: true, DER.sequence(yes, DER.integer([pathLength])))
    }

    /// Basic constraints of what issues nothing.
    static let noAuthority = make(ID.basicConstraints, critical: true, DER.sequence())

    /// Named bits of KeyUsage, as a bit string has them: the last bits that are zero are left out.
    static let signsCertificatesAndLists = make(
        ID.keyUsage, critical: true, DER.element(DER.Tag.bitString, [1, 0x06]))
    static let signsDigitally = make(
        ID.keyUsage, critical: true, DER.element(DER.Tag.bitString, [7, 0x80]))

    /// What the key of an end entity is for.
    static let authenticatesServers = purpose(1)
    static let authenticatesClients = purpose(2)
    static let signsStatusAnswers = purpose(9)

    private static func purpose(_ last: Int) -> [UInt8] {
        make(ID.purposes, DER.sequence(DER.object([1, 3, 6, 1, 5, 5, 7, 3, last])))
    }

    /// Nobody is to ask for the status of this certificate. Source: RFC 6960, section 4.2.2.2.1.
    static let noCheck = make(ID.noCheck, DER.element(DER.Tag.null, []))

    static func subjectKey(_ identifier: [UInt8]) -> [UInt8] {
        make(ID.subjectKey, DER.octetString(identifier))
    }

    static func authorityKey(_ identifier: [UInt8]) -> [UInt8] {
        make(ID.authorityKey, DER.sequence(DER.element(DER.Tag.primitive(0), identifier)))
    }

    /// Of a revocation list. Source: RFC 5280, section 5.2.3.
    static func listNumber(_ number: Int) -> [UInt8] {
        make(ID.listNumber, DER.integer(withUnsafeBytes(of: number.bigEndian, Array.init)))
    }

    /// Of an entry of such a list. Source: RFC 5280, section 5.3.1.
    static func revocationReason(_ code: UInt8) -> [UInt8] {
        make(ID.revocationReason, DER.element(DER.Tag.enumerated, [code]))
    }

    static func alternativeNames(_ names: AlternativeNames) throws(CredentialsError) -> [UInt8] {
        make(ID.alternativeNames, try names.encoded)
    }

    /// Where the status is told.
    static func status(_ addresses: StatusAddresses) throws(CredentialsError) -> [[UInt8]] {
        guard addresses.all.allSatisfy(PublicURL.accepts) else {
            throw .failed(
                step: "Making a certificate", reason: "an address must be \(PublicURL.rule)")
        }
        var extensions: [[UInt8]] = []
        var points: [[UInt8]] = []
        for address in addresses.revocationLists {
            let fullName = DER.element(DER.Tag.constructed(0), try uri(address))
            points.append(DER.sequence(DER.element(DER.Tag.constructed(0), fullName)))
        }
        if !points.isEmpty {
            extensions.append(make(ID.revocationLists, DER.element(DER.Tag.sequence, of: points)))
        }
        var accesses: [[UInt8]] = []
        for address in addresses.responders { accesses.append(DER.sequence(ID.responder, try uri(address))) }
        for address in addresses.issuers { accesses.append(DER.sequence(ID.issuer, try uri(address))) }
        if !accesses.isEmpty {
            extensions.append(make(ID.accesses, DER.element(DER.Tag.sequence, of: accesses)))
        }
        return extensions
    }

    private static func uri(_ address: String) throws(CredentialsError) -> [UInt8] {
        DER.element(DER.Tag.primitive(6), try AlternativeNames.ascii(address))
    }
}
