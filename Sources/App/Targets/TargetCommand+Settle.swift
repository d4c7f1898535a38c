import CommandTable
import Model
import Registrar
import RegistrarStore

/// `target settle`: the word of whoever runs the registrar that a device is proven where it belongs now.
extension TargetCommand {
    func settle() async throws {
        let device: DeviceID = try ArgumentText.identifier(invocation.arguments[0])
        let settlement = try await registrar.settle(device)
        console.print(
            Settled(
                device: device, due: settlement.due,
                ended: settlement.ended.map {
                    Ended(notAfter: $0.notAfter, serialNumber: $0.serialNumber, subject: $0.subject)
                }))
        for certificate in settlement.ended {
            console.show(
                "Ended: certificate \(certificate.serialNumber) of \(certificate.subject), good until "
                    + "\(certificate.notAfter.minute); the registrar trusts it no longer.")
        }
        let due = settlement.due
        if due > 0 {
            console.show(
                (due == 1 ? "1 piece of work at an old place is" : "\(due) pieces of work at old places are")
                    + " due now; `target run` does \(due == 1 ? "it" : "them").")
        } else if settlement.ended.isEmpty {
            console.show(
                "Nothing was held for \(device), and it has no older certificate that is still good.")
        }
    }

    private struct Settled: Encodable {
        var device: DeviceID
        var due: Int
        var ended: [Ended]
    }

    private struct Ended: Encodable {
        var notAfter: Timestamp
        var serialNumber: String
        var subject: String
    }
}
