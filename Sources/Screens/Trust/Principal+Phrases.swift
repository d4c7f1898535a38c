package import Model

extension Principal.Kind {
    package var phrase: Phrase {
        switch self {
        case .keyPair: .principalKey
        case .deviceCertificate: .principalDeviceCertificate
        case .serviceEndpoints: .principalEndpoints
        case .signingCA: .principalSigningCA
        case .serviceRootCA: .principalRootCA
        }
    }
}

extension Principal.Keeping {
    package var phrase: Phrase {
        switch self {
        case .device: .principalKeptByDevice
        case .store: .principalKeptHere
        case .registrar: .principalKeptByRegistrar
        }
    }
}

extension Principal.Proof.Way {
    /// Has a place for the day.
    package var phrase: Phrase {
        switch self {
        case .signedRequest: .principalProvenByRequest
        case .confirmedInstallation: .principalProvenByDevice
        case .connection: .principalProvenByConnection
        }
    }
}
