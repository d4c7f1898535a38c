import CommandTable
import Model
import Registrar
import RegistrarStore

/// `target settle`: the word of whoever runs the registrar that a device is proven where it belongs now.
extension TargetCommand {
    func settle() async throws {
        let text = invocation.arguments[0]
        let device = try await device(text)
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
                "Nothing was held for \(text), and it has no older certificate that is still good.")
        }
    }

    /// The device that a person means.
    func device(_ text: String) async throws -> DeviceID {
        let found = try await registrar.devices(called: text)
        guard let device = found.first else {
            throw CommandFailure(
                .badInput, "device_unknown", "Nothing was done: the registrar knows no device `\(text)`.",
                "Give its serial, another identifier, or the registrar's id.")
        }
        guard found.count == 1 else {
            throw CommandFailure(
                .badInput, "device_ambiguous",
                "Nothing was done: `\(text)` is the serial of \(found.count) devices.",
                "Give the whole identifier, or the registrar's id, of one of them.")
        }
        return device
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
