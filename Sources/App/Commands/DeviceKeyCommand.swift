import CommandTable
import Credentials
import Model
import Processes
import Store

/// `muster device key`: writes out the symmetric key that a device's target made for it, or forgets it.
struct DeviceKeyCommand {
    let companion: Companion

    private var console: Console { companion.console }
    private var invocation: Invocation { companion.context.invocation }

    func run() async throws -> ExitCode {
        let path = invocation.value("output")
        let forgets = invocation.has("forget")
        guard path != nil || forgets else {
            throw usage("it is not said what is to be done with the key", "Give --output FILE or --forget.")
        }
        if path == "-", !invocation.has("reveal") {
            throw usage(
                "the key would be on the screen, for everybody to see",
                "Give --output FILE, or --reveal beside --output -.")
        }
        let device = try await companion.device(invocation.arguments[0])
        let (session, _) = try await companion.session()
        if let path { try await write(device, session, to: path) }
        if forgets { try await forget(device, session) }
        return .done
    }

    private func write(_ device: StoredDevice, _ session: Session, to path: String) async throws {
        let found = try await SymmetricKeyVault(companion).key(
            of: device, session, saying: "Nothing was written")
        let (target, key) = (found.target, found.text)
        guard path != "-" else {
            console.document(String(decoding: key.unredacted, as: UTF8.self) + "\n")
            return
        }
        do { try Files.writeAtomically(key.unredacted + [0x0A], to: path, mode: 0o600) } catch {
            throw CommandFailure(.cannotWrite, error.explanation)
        }
        console.print(Written(device: device.lane, key: path, target: target))
        console.show("key  \(path), for \(device.identity.displayName) at \(target)")
        console.remark(
            "Whoever has the file is the device. Give it to the device, then `muster device key "
                + "\(device.identity.displayName) --forget` and delete it.")
    }

    private func forget(_ device: StoredDevice, _ session: Session) async throws {
        let wasThere = try await SymmetricKeyVault(companion).forget(device, session)
        console.print(Forgotten(device: device.lane, forgotten: wasThere))
        let name = device.identity.displayName
        console.show(
            wasThere
                ? "What opens the symmetric key of \(name) is wiped here: nobody can write it out any more."
                : "Nothing was kept of a symmetric key of \(name).")
    }

    private func usage(_ what: String, _ nextStep: String) -> CommandFailure {
        CommandFailure(.usage, "usage", "Nothing was written: \(what).", nextStep)
    }

    private struct Written: Encodable {
        var device: DeviceIdentifier
        var key: String
        var target: TargetID
    }

    private struct Forgotten: Encodable {
        var device: DeviceIdentifier
        var forgotten: Bool
    }
}
