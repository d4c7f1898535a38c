import Credentials
import Model
import Store

/// The five principals of devices, as far as this store knows them.
struct DevicePrincipals {
    let store: Store

    func principals(of device: StoredDevice) async throws -> [Principal] {
        var certifiedAt: Timestamp?
        for entry in try await store.history(device.lane) where entry.receipt?.outcome == .provisioned {
            certifiedAt = entry.receipt?.appliedAt
        }
        let chain = try device.certificateChain.map { try Certificate.chain(pem: $0).map(\.summary) } ?? []
        return Principal.all(certificate: device.certificate, chain: chain, certifiedAt: certifiedAt)
    }
}

/// A device with its principals, as JSON: the members of the device, and `principals`.
struct DeviceWithPrincipals: Encodable {
    var device: StoredDevice
    var principals: [Principal]

    private enum CodingKeys: String, CodingKey {
        case principals
    }

    func encode(to encoder: any Encoder) throws {
        try device.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(principals, forKey: .principals)
    }
}
