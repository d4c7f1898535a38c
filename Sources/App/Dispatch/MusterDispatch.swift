import CommandTable
import Model

/// Which code runs which command of `muster`.
enum MusterDispatch {
    static func run(_ context: CommandContext) async throws -> ExitCode {
        let path = context.invocation.path
        guard let word = path.first else {
            throw UsageError.unknownCommand("", of: "muster", suggestion: nil)
        }
        switch word {
        case "scan": return try await ScanCommand(context: context).run()
        case "label" where path.last == "learn": return try await LabelLearning(context: context).run()
        case "label": return try LabelCommand(context: context).run()
        case "demo": return try await DemoCommand(context: context).run()
        case "simulate": return try await SimulateCommand(context: context).run()
        case "key": return try KeyCommand(context: context).run(path.last ?? "")
        case "doctor": return try await DoctorCommand(context: context).run()
        default: break
        }
        let companion = try await Companion.open(context)
        switch word {
        case "commission": return try await CommissionCommand(companion: companion).run()
        case "release", "reprovision", "revoke", "note":
            return try await DeviceOperationCommand(companion: companion).run(word)
        case "placement": return try await PlacementQuestionCommand(companion: companion).run()
        case "fleet": return try await FleetClaimCommand(companion: companion).run()
        case "sync": return try await SyncCommand(companion: companion).run()
        case "queue": return try await QueueCommand(companion: companion).run(path.last ?? "")
        case "device": return try await DeviceCommand(companion: companion).run(path.last ?? "")
        case "hand-over": return try await HandOverCommand(companion: companion).run()
        case "verify": return try await VerifyCommand(companion: companion).run()
        case "lint": return try await LintCommand(companion: companion).run()
        case "job": return try await JobCommand(companion: companion).run(path.last ?? "")
        case "sign-in": return try await SignInCommand(companion: companion).signIn()
        case "sign-out": return try await SignInCommand(companion: companion).signOut()
        case "vault": return try await VaultCommand(companion: companion).run(path.last ?? "")
        case "registrar":
            return try await RegistrarCommand(companion: companion).run(Array(path.dropFirst()))
        default: throw UsageError.unknownCommand(word, of: "muster", suggestion: nil)
        }
    }
}
