import Camera
import CommandTable
import Credentials
import Model
import Processes
import Scanning
import Store
import Wire

/// `muster doctor`: what stands in the way of work, each with what to do.
struct DoctorCommand {
    let context: CommandContext

    /// One thing that was looked at.
    struct Check: Encodable {
        enum Verdict: String, Encodable {
            case good, warning, bad
        }

        var check: String
        var verdict: Verdict
        var says: String
        var nextStep: String?

        var line: String {
            let mark =
                switch verdict {
                case .good: "✓ good   "
                case .warning: "! look at"
                case .bad: "✗ broken "
                }
            return "\(mark)  \(check): \(says)" + (nextStep.map { " \($0)" } ?? "")
        }
    }

    func run() async throws -> ExitCode {
        var checks = [version(), await decoder()] + cameras()
        do {
            let companion = try await Companion.open(context)
            checks += try await store(companion)
            checks.append(try await clock(companion))
            checks.append(await registrar(companion))
        } catch {
            let failure = CommandFailure(error)
            checks.append(
                Check(
                    check: "store", verdict: .bad, says: failure.explanation.what,
                    nextStep: failure.explanation.nextStep))
        }
        for check in checks {
            context.console.print(check)
            context.console.show(check.line)
        }
        return checks.contains { $0.verdict == .bad } ? .failed : .done
    }

    private func version() -> Check {
        Check(check: "version", verdict: .good, says: "muster \(Version.text)")
    }

    /// Reads a blank picture with the real worker: no symbol, but an answer.
    private func decoder() async -> Check {
        let scanner = Scanner(
            worker: context.surroundings.programDirectory + "/muster-decode", timeout: .seconds(10))
        let header = Array("P5 8 8 255\n".utf8)
        do {
            _ = try await scanner.scan(header + [UInt8](repeating: 255, count: 64))
            await scanner.stop()
            return Check(check: "decoder", verdict: .good, says: "muster-decode reads pictures")
        } catch {
            return Check(
                check: "decoder", verdict: .bad, says: error.explanation.what,
                nextStep: error.explanation.nextStep)
        }
    }

    /// Every camera, and every one that is there and cannot be used.
    private func cameras() -> [Check] {
        let (cameras, refusals) = CameraDevice.survey()
        if cameras.isEmpty, refusals.isEmpty {
            return [
                Check(
                    check: "camera", verdict: .warning, says: "none is plugged in",
                    nextStep: "Plug one in, or give picture files to `muster scan`.")
            ]
        }
        return cameras.map {
            Check(check: "camera", verdict: .good, says: "\($0.name) at \($0.path)")
        }
            + refusals.map {
                Check(
                    check: "camera", verdict: .warning, says: $0.explanation.what,
                    nextStep: $0.explanation.nextStep)
            }
    }

    private func store(_ companion: Companion) async throws -> [Check] {
        let counts = try await companion.store.counts()
        var checks = [
            Check(
                check: "store", verdict: .good,
                says: "\(companion.directory), \(counts.all) operations, \(counts.open) open")
        ]
        do {
            try await companion.store.verifyConservation()
            let broken = try await companion.store.verifyAudit()
            checks.append(
                broken == nil
                    ? Check(
                        check: "books", verdict: .good,
                        says: "every operation is accounted for, the audit chain is whole")
                    : Check(
                        check: "books", verdict: .bad,
                        says: "the audit chain is broken at entry \(broken ?? 0)",
                        nextStep: "Keep the store as it is and send a copy to support."))
        } catch {
            checks.append(
                Check(
                    check: "books", verdict: .bad, says: error.explanation.what,
                    nextStep: error.explanation.nextStep))
        }
        let free = try Files.space(at: companion.directory).available >> 20
        checks.append(
            Check(
                check: "disk", verdict: free < 64 ? .warning : .good, says: "\(free) MiB free",
                nextStep: free < 64 ? "Free space before going on; saved work is safe." : nil))
        if counts.needsYou > 0 {
            checks.append(
                Check(
                    check: "outbox", verdict: .warning, says: "\(counts.needsYou) operations need a person",
                    nextStep: "See `muster queue list --state needs-you`."))
        }
        return checks
    }

    private func clock(_ companion: Companion) async throws -> Check {
        guard let offset = try await companion.captureTime().offsetMilliseconds else {
            return Check(
                check: "clock", verdict: .warning,
                says: "not compared with a registrar since this machine started",
                nextStep: "Run `muster sync` when there is a network.")
        }
        let finding = CommissioningFinding.clock(offsetMilliseconds: offset)
        return Check(
            check: "clock", verdict: finding == nil ? .good : .warning,
            says: finding?.explanation.what ?? "\(abs(offset)) ms off the registrar's",
            nextStep: finding?.explanation.nextStep)
    }

    private func registrar(_ companion: Companion) async -> Check {
        do {
            let (session, profile) = try await companion.session()
            let hello: Hello = try await CompanionRegistrars(companion).client().get(.hello)
            return Check(
                check: "registrar", verdict: hello.registrar == profile.registrar ? .good : .bad,
                says: "\(hello.name) answers, as \(session.operatorID)")
        } catch {
            let failure = CommandFailure(error)
            return Check(
                check: "registrar", verdict: .warning, says: failure.explanation.what,
                nextStep: failure.explanation.nextStep + " Work can be saved meanwhile.")
        }
    }
}
