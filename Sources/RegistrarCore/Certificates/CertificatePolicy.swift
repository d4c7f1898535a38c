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
        if let name = facts.commonName, !name.isEmpty, !names.names.contains(name) {
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

    private static func objection(to key: KeyKind) -> String? {
        switch key.fault {
        case nil: nil
        case .tooSmall(let bits), .tooLarge(let bits):
            "An RSA key must have 2048 to 8192 bits; this one has \(bits)."
        case .kind: "The key must be EC P-256 or P-384, Ed25519 or RSA; this one is \(key)."
        }
    }

    private var names: DeviceNames {
        DeviceNames(identity: device.identity, identifiers: device.identifiers, deviceID: device.deviceID)
    }

    private func names(thisDevice name: AlternativeName) -> Bool {
        switch name {
        case .uri(let uri): uri == deviceURI || names.urns.contains(uri.lowercased())
        case .dns(let dns): names.has(dns: dns)
        case .other: false
        }
    }
}
