import CommandTable
import Model
struct DemoCommand {
    let context: CommandContext
    func run() async throws -> ExitCode { .failed }
}
