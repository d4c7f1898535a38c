import Credentials
import HandOver
import Model
import Store

/// The five principals of devices, as far as this store knows them.
struct DevicePrincipals {
    let store: Store
    /// Where the store is, with the records of hand-overs.
    let directory: String

    init(_ companion: Companion) {
        store = companion.store
        directory = companion.directory
    }

    func principals(of device: StoredDevice) async throws -> [Principal] {
        let receipts = try await store.history(device.lane).compactMap(\.receipt)
        let issued = receipts.last { $0.outcome == .provisioned }
        let chain = try device.certificateChain.map { try Certificate.chain(pem: $0).map(\.summary) } ?? []
        return Principal.all(
            certificate: device.certificate, chain: chain, certifiedAt: issued?.appliedAt,
            installedAt: try issued.flatMap { try installedAt($0.operationID, of: device.lane) }
        ).proven(by: try await DeviceProofs(store: store).last(of: device))
    }
}

extension DevicePrincipals {
    /// When the device confirmed that it uses what the operation had issued; `nil` when it has not.
    private func installedAt(_ issued: OperationID, of lane: DeviceIdentifier) throws -> Timestamp? {
        guard let record = try HandOverJournal.record(directory: directory, lane: lane),
            record.operation == issued, record.state == .done, record.proof != nil
        else { return nil }
        return record.updatedAt
    }
}

/// A device with its principals, as JSON: the members of the device, `principals` and, when there is one, `lastConnection`.
struct DeviceWithPrincipals: Encodable {
    var device: StoredDevice
    var principals: [Principal]
    var lastConnection: ConnectionProof?

    private enum CodingKeys: String, CodingKey {
        case principals, lastConnection
    }

    func encode(to encoder: any Encoder) throws {
        try device.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(principals, forKey: .principals)
        try container.encodeIfPresent(lastConnection, forKey: .lastConnection)
    }
}
