import CommandTable
import HandOver
import Model
import Store

/// `muster hand-over`, and the hand-over of `muster commission`.
struct HandOverCommand {
    let companion: Companion

    private var invocation: Invocation { companion.context.invocation }

    func run() async throws -> ExitCode {
        if invocation.has("discover") { return try await Discovery(context: companion.context).run() }
        guard let device = invocation.arguments.first else {
            throw CommandFailure(
                .usage, "usage", "Nothing was handed over: no device is named.",
                "Name the device, or give --discover to see which are on the network.")
        }
        guard let choice = try LinkChoice("to", companion) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was handed over: it is not said over which link.",
                "Give --to dir:PATH, --to serial:PATH, --to https://HOST or --to ssh://USER@HOST/DIRECTORY."
            )
        }
        return try await run(try await companion.device(device), over: choice)
    }

    func run(_ device: StoredDevice, over choice: LinkChoice) async throws -> ExitCode {
        var run = try await HandOverRun(
            companion, device, over: choice, endpoint: invocation.value("endpoint"),
            acceptsNewKey: invocation.has("new-key"))
        return try await run.run()
    }
}
