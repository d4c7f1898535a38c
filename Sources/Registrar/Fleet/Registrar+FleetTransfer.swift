import AWSIoT
package import Model
import RegistrarCore
import RegistrarStore
import TargetCore
import Targets

extension Registrar {
    /// Hands a device's certificate to another account, and has the device let in there with it.
    ///
    /// The old account keeps the thing until the device is proven at the new one. What is begun goes on when the same is
    /// asked again; when the other account does not take the certificate, the old one has everything as before.
    package func transfer(
        _ id: DeviceID, to target: TargetID
    ) async throws(RegistrarError) -> DeviceRecord {
        try await fleetwise {
            let device = try await knownDevice(id)
            let destination = try await awsLine(to: target)
            let entry: FleetEntry
            if let open = try await store.fleetWork(.transfer, at: target, open: true)
                .first(where: { $0.subject == id.rawValue })
            {
                entry = open
            } else {
                let move = try await transferMove(device, to: target, destination.settings)
                entry = try await store.openFleetWork(
                    .transfer, at: target, about: id.rawValue, try CanonicalJSON.text(move),
                    by: Self.localAdministrator.operatorID, at: environment.now())
            }
            let move = try CanonicalJSON.decode(FleetMove.self, from: Array(entry.work.utf8))
            try await handOver(move, of: device, in: entry, to: destination.line)
            return try await carryOut(move, entry, whenRefused: .open)
        }
    }

    private func transferMove(
        _ device: DeviceRecord, to target: TargetID, _ there: AWSSettings
    ) async throws -> FleetMove {
        guard let now = device.target, now.kind == .aws, now.standing == .enabled,
            let certificate = now.marks[AWSMark.certificate]
        else { throw FleetError.notThere(device.deviceID) }
        let here = try await awsLine(to: now.target).settings
        guard here.accountID != there.accountID, here.endpoint.region == there.endpoint.region,
            let transfer = CertificateTransfer(
                certificateARN: AWSName(
                    .certificate, certificate, endpoint: here.endpoint, account: here.accountID
                ).description, thingName: now.name, policy: here.policy, exclusively: here.exclusiveThing,
                destinationAccount: there.accountID)
        else { throw FleetError.notBetween(now.target, target) }
        return try move(
            device, to: target, saying: "Transfer \(device.identity.displayName) to \(target)",
            transfer: transfer)
    }

    /// The certificate goes to the other account, where it waits for the device.
    private func handOver(
        _ move: FleetMove, of device: DeviceRecord, in entry: FleetEntry, to destination: TargetConnection
    ) async throws {
        guard var transfer = move.transfer, let source = device.target?.target, source != entry.target
        else { return }
        try await perform(
            &transfer, in: entry, from: try await line(to: source), to: destination,
            until: environment.now().advanced(bySeconds: Self.fleetSeconds),
            text: { try CanonicalJSON.text(FleetMove(operation: move.operation, transfer: $0)) })
        guard let certificate = device.target?.marks[AWSMark.certificate] else { return }
        try await store.keepBroughtCertificate(
            .handedOver(to: entry.target, marks: [AWSMark.certificate: certificate]), of: device.deviceID,
            at: environment.now())
    }
}
