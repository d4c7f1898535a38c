import Model
import RegistrarCore
import SQLite
import TargetCore

extension RecordLoader {
    /// Where the device is to be provisioned, and what it proves itself by now, for operations that ask for that.
    func addTarget(of device: DeviceRecord, to records: inout Records) throws(SQLiteError) {
        let wish: TargetID?
        switch operation.body {
        case .provision(let provision): wish = provision.target
        case .reprovision(let reprovision): wish = reprovision.target
        default: return
        }
        records.target = try reader.choice(
            of: device, for: operation, wish: wish, digests: CloudDigests(sha256: digest))
        if case .target(let summary, _) = records.target {
            records.brought = try reader.broughtCertificate(
                of: device.deviceID, to: summary.targetID)
        }
        let id = SQLiteValue.text(device.deviceID.rawValue)
        if let serial = device.certificate?.serialNumber {
            records.certificateChain = try reader.list(
                "SELECT chain FROM certificate WHERE serial_number = ?", [.text(serial)]
            ) { row throws(SQLiteError) in try row.text("chain") }.first
        }
        records.proof = try reader.list("SELECT proof FROM device_proof WHERE device_id = ?", [id]) {
            row throws(SQLiteError) in try row.json("proof", TargetDevice.Proof.self)
        }.first
    }
}
