import Credentials
import Model
import Store

/// Which devices of this store have used which keys: those with certificates, and those whose request waits to be sent.
struct KeyOwners {
    let store: Store

    /// By SHA-256 of the SubjectPublicKeyInfo; the device of `lane` is left out.
    func names(besides lane: DeviceIdentifier?) async throws -> [PayloadHash: String] {
        var owners: [PayloadHash: String] = [:]
        for device in try await store.certifiedDevices() where device.lane != lane {
            guard let key = try device.certificateSummary?.publicKeyHash else { continue }
            owners[key] = device.identity.displayName
        }
        for entry in try await store.openEntries() where entry.kind == .provision && entry.lane != lane {
            let body = try await store.frozen(entry.operationID).operation.body
            guard case .provision(let provision) = body,
                let bytes = provision.certificateRequest.flatMap(Base64.decode)
            else { continue }
            owners[try CertificateRequest(bytes).publicKeyHash] = entry.lane.value
        }
        return owners
    }
}

extension StoredDevice {
    /// What is known of its certificate: what the registrar told, or what the chain that came with the receipt says.
    var certificateSummary: CertificateSummary? {
        get throws {
            if let certificate { return certificate }
            return try certificateChain.flatMap { try Certificate.chain(pem: $0).first?.summary }
        }
    }
}
