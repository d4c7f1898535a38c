import Model

/// What a certificate request must be like for this registrar to sign for it.
struct CertificatePolicy {
    var registrar: RegistrarID
    var device: DeviceRecord

    /// The name of the device in certificates: `urn:muster:<registrar>:<device>`.
    var deviceURI: String { "urn:muster:\(registrar):\(device.deviceID)" }

    /// Why the request is refused; `nil` when it is in order.
    func objection(to facts: CertificateRequestFacts) -> String? {
        guard facts.isSignatureValid else {
            return "The request is not signed with the key it names."
        }
        if let objection = Self.objection(to: facts.key) { return objection }
        if let name = facts.commonName, !name.isEmpty, !names.contains(name) {
            return "The common name must be the device's serial or device id, or be left out."
        }
        for name in facts.alternativeNames where !names(thisDevice: name) {
            return
                "A subject alternative name must be a URN or DNS name of this device; another one was asked for."
        }
        return nil
    }

    /// The common name to certify: the one asked for, or the device id. X.520 allows 64 characters.
    func commonName(for facts: CertificateRequestFacts) -> String {
        guard let name = facts.commonName, !name.isEmpty, name.count <= 64 else {
            return device.deviceID.rawValue
        }
        return name
    }

    private static func objection(to key: CertificateRequestFacts.Key) -> String? {
        switch key {
        case .p256, .p384, .ed25519: nil
        case .rsa(let bits) where bits >= 2048 && bits <= 8192: nil
        case .rsa(let bits): "An RSA key must have 2048 to 8192 bits; this one has \(bits)."
        case .other(let name): "The key must be EC P-256 or P-384, Ed25519 or RSA; this one is \(name)."
        }
    }

    /// Everything that the device may be called in a request.
    private var names: Set<String> {
        var names: Set = [device.deviceID.rawValue]
        for identifier in device.identifiers where identifier.kind == .serial {
            names.insert(identifier.value)
        }
        if let serial = device.identity.fields["serial"] { names.insert(serial) }
        return names
    }

    private func names(thisDevice name: CertificateRequestFacts.AlternativeName) -> Bool {
        switch name {
        case .uri(let uri): uri == deviceURI || urns.contains(uri.lowercased())
        case .dns(let dns): names.contains { $0.lowercased() == dns.lowercased() }
        case .other: false
        }
    }

    /// URNs that follow from the identifiers, lower-case. Sources: RFC 9562, section 4; RFC 9039; RFC 7254.
    private var urns: Set<String> {
        var urns: Set<String> = []
        for identifier in device.identifiers {
            let value = identifier.value.lowercased()
            switch identifier.kind {
            case .uuid: urns.insert("urn:uuid:\(value)")
            case .mac: urns.insert("urn:dev:mac:\(value.filter(\.isHexDigit))")
            case .devEUI, .eui64: urns.insert("urn:dev:mac:\(value.filter(\.isHexDigit))")
            case .imei: urns.insert("urn:gsma:imei:\(value)")
            case .uii, .giai, .grai, .cpid, .sha256, .deviceId, .serial, nil: break
            }
        }
        return urns
    }
}
