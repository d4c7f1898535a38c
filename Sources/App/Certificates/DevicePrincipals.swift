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
        let record = try issued.flatMap { try installed($0.operationID, of: device.lane) }
        return Principal.all(
            certificate: device.certificate, chain: chain, certifiedAt: issued?.appliedAt,
            installedAt: record?.updatedAt, services: try await services(of: device, record)
        ).proven(by: try await DeviceProofs(store: store).standing(of: device).proof)
    }
}

extension DevicePrincipals {
    /// What the device connects to: what it has confirmed to use, else where its target is and what its
    /// registrar gives out; `nil` for nothing.
    private func services(
        of device: StoredDevice, _ record: HandOverRecord?
    ) async throws -> Principal.Services? {
        let registrar: RegistrarID? =
            if let own = device.registrar { own } else { try await store.activeSession()?.registrar }
        let known = try await DeviceServices(store, registrar, of: device).all
        let installed = record?.endpoints ?? []
        let used = installed.isEmpty ? known : known.filter { installed.contains($0.endpoint) }
        let endpoints = installed.isEmpty ? known.map(\.endpoint) : installed
        guard !endpoints.isEmpty else { return nil }
        return Principal.Services(
            endpoints: endpoints, roots: DeviceServices.roots(used).map(\.summary),
            installedAt: installed.isEmpty ? nil : record?.updatedAt)
    }

    /// The hand-over in which the device confirmed that it uses what the operation had issued; `nil` when it has not.
    private func installed(_ issued: OperationID, of lane: DeviceIdentifier) throws -> HandOverRecord? {
        guard let record = try HandOverJournal.record(directory: directory, lane: lane),
            record.operation == issued, record.state == .done, record.proof != nil
        else { return nil }
        return record
    }
}

/// A device with its principals, as JSON: the members of the device, `principals` and, when there are any, `lastConnection`
/// and the `lastFailure` after it.
struct DeviceWithPrincipals: Encodable {
    var device: StoredDevice
    var principals: [Principal]
    var lastConnection: ConnectionProof?
    var lastFailure: ConnectionFailure?

    private enum CodingKeys: String, CodingKey {
        case principals, lastConnection, lastFailure
    }

    func encode(to encoder: any Encoder) throws {
        try device.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(principals, forKey: .principals)
        try container.encodeIfPresent(lastConnection, forKey: .lastConnection)
        try container.encodeIfPresent(lastFailure, forKey: .lastFailure)
    }
}
