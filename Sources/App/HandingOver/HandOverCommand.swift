import CommandTable
import HandOver
import Model
import Store

/// `muster hand-over`, and the hand-over of `muster commission`.
struct HandOverCommand {
    let companion: Companion

    private var invocation: Invocation { companion.context.invocation }

    func run() async throws -> ExitCode {
        guard let address = try Self.address(invocation.value("to")) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was handed over: it is not said over which link.",
                "Give --to dir:PATH or --to serial:/dev/ttyUSB0.")
        }
        return try await run(try await companion.device(invocation.arguments[0]), to: address)
    }

    func run(_ device: StoredDevice, to address: HandOverAddress) async throws -> ExitCode {
        var run = try await HandOverRun(
            companion, device, to: address, endpoint: invocation.value("endpoint"),
            acceptsNewKey: invocation.has("new-key"))
        return try await run.run()
    }

    /// Where to hand over to; `nil` when nothing is given.
    static func address(_ text: String?) throws -> HandOverAddress? {
        guard let text else { return nil }
        guard let address = HandOverAddress(text) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was done: `\(text)` is no link to a device.",
                "Write dir:PATH, serial:PATH or serial:PATH@BAUD.")
        }
        return address
    }
}
