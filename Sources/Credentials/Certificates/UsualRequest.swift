/// A certificate request of the form that nearly all devices send: a P-256 key, strict DER, and nothing in it that is not
/// read here. What has another form is none of these, and is left to the library: this reader never accepts what the
/// library would refuse, nor understands anything differently, and it never judges a signature or a point.
///
/// Sources: RFC 2986, section 4; RFC 2985, section 5.4.2; RFC 5280, section 4.2.1.6.
struct UsualRequest {
    private(set) var commonName: String?
    private(set) var subjectAttributeCount = 0
    private(set) var names = AlternativeNames()
    let publicKeyInfo: ArraySlice<UInt8>
    /// Not known to be on the curve.
    let point: ArraySlice<UInt8>
    /// CertificationRequestInfo.
    let signedPart: ArraySlice<UInt8>
    let signature: ArraySlice<UInt8>

    /// The contents of the object identifiers of the attribute for extensions, and of the alternative names.
    static let extensionRequest: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x0E]
    static let alternativeNames: [UInt8] = [0x55, 0x1D, 0x11]

    init?(_ der: [UInt8]) {
        var all = DERReader(der)
        guard var request = all.enter(DER.Tag.sequence), all.isAtEnd,
            let body = request.next(DER.Tag.sequence),
            request.next()?.whole.elementsEqual(Self.algorithm) == true,
            let bits = request.next(DER.Tag.bitString)?.contents, bits.first == 0, request.isAtEnd
        else { return nil }
        var fields = DERReader(body.contents)
        guard fields.next(DER.Tag.integer)?.contents.elementsEqual([0]) == true,
            let subject = fields.enter(DER.Tag.sequence),
            let info = fields.next(DER.Tag.sequence)?.whole, let point = P256.point(in: info),
            let attributes = fields.enter(DER.Tag.constructed(0)), fields.isAtEnd
        else { return nil }
        (publicKeyInfo, self.point) = (info, point)
        (signedPart, signature) = (body.whole, bits.dropFirst())
        guard read(subject), read(attributes: attributes) else { return nil }
    }

    private static let algorithm = PrivateKey.ecdsaWithSHA256

    private mutating func read(_ subject: DERReader) -> Bool {
        var (subject, commonNames) = (subject, [String]())
        while !subject.isAtEnd {
            guard var set = subject.enter(DER.Tag.set), var attribute = set.enter(DER.Tag.sequence),
                set.isAtEnd,
                let type = attribute.object(), let value = attribute.next(), attribute.isAtEnd,
                let text = Self.text(of: value)
            else { return false }
            subjectAttributeCount += 1
            if type.elementsEqual(DistinguishedName.commonNameType) { commonNames.append(text) }
        }
        commonName = commonNames.count == 1 ? commonNames[0] : nil
        return true
    }

    private static func text(of value: DERReader.Element) -> String? {
        switch value.tag {
        case DER.Tag.utf8String where !value.contents.isEmpty:
            String(validating: value.contents, as: UTF8.self)
        case DER.Tag.printableString where !value.contents.isEmpty && value.contents.allSatisfy(isPrintable):
            String(decoding: value.contents, as: UTF8.self)
        default: nil
        }
    }

    private static func isPrintable(_ byte: UInt8) -> Bool { (0x20..<0x7F).contains(byte) }

    private mutating func read(attributes: DERReader) -> Bool {
        var attributes = attributes
        guard !attributes.isAtEnd else { return true }
        guard var attribute = attributes.enter(DER.Tag.sequence), attributes.isAtEnd,
            attribute.object()?.elementsEqual(Self.extensionRequest) == true,
            var values = attribute.enter(DER.Tag.set), attribute.isAtEnd,
            var extensions = values.enter(DER.Tag.sequence), values.isAtEnd, !extensions.isAtEnd
        else { return false }
        var hasNames = false
        while !extensions.isAtEnd {
            guard var one = extensions.enter(DER.Tag.sequence), let type = one.object() else { return false }
            if one.nextTag == DER.Tag.boolean {
                guard one.next()?.contents.elementsEqual([0xFF]) == true else { return false }
            }
            guard let value = one.next(DER.Tag.octetString)?.contents, one.isAtEnd else { return false }
            guard type.elementsEqual(Self.alternativeNames) else { continue }
            guard !hasNames, read(names: value) else { return false }
            hasNames = true
        }
        return true
    }

    /// DNS names and URIs; addresses are counted, and other kinds left to the library.
    private mutating func read(names value: ArraySlice<UInt8>) -> Bool {
        var all = DERReader(value)
        guard var list = all.enter(DER.Tag.sequence), all.isAtEnd, !list.isAtEnd else { return false }
        while !list.isAtEnd {
            guard let name = list.next() else { return false }
            switch name.tag {
            case DER.Tag.primitive(2): names.dnsNames.append(String(decoding: name.contents, as: UTF8.self))
            case DER.Tag.primitive(6): names.uris.append(String(decoding: name.contents, as: UTF8.self))
            case DER.Tag.primitive(1), DER.Tag.primitive(7): names.others += 1
            default: return false
            }
        }
        return true
    }
}
