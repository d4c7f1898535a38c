import Camera
import CommandTable
import Credentials
import Model
import Processes
import Registrar
import Scanning
import Store
import Wire

/// Looks at everything that work needs: store, disk, clock, decoder, cameras, registrar.
struct Doctor: Sendable {
    let context: CommandContext

    /// `companion`: the store where it is open already.
    func checks(_ companion: Companion? = nil) async -> [DoctorCheck] {
        var checks = [version(), await decoder(), InstalledLibraries.zbar()].compactMap { $0 }
        checks += [InstalledLibraries.addressMakers()] + cameras() + [TPMCheck.check(context)]
        do {
            var found = companion
            if found == nil { found = try await Companion.open(context) }
            guard let companion = found else { return checks }
            checks += try await store(companion)
            checks.append(try await clock(companion))
            checks.append(await registrar(companion))
            let embedded = await EmbeddedRegistrar(companion).openUnasked()
            checks += try await TargetsCheck.checks(companion, embedded)
            checks += try await keys(companion)
            checks += [await IssuingKeyCheck.check(companion, embedded)].compactMap(\.self)
            checks += [SecretsCheck.memory(), try await SecretsCheck.vault(companion)].compactMap(\.self)
            checks.append(try await SecretsCheck.operatorKey(companion))
        } catch {
            let failure = CommandFailure(error)
            checks.append(
                DoctorCheck(
                    check: "store", verdict: .bad, says: failure.explanation.what,
                    nextStep: failure.explanation.nextStep))
        }
        return checks
    }

    private func version() -> DoctorCheck {
        DoctorCheck(check: "version", verdict: .good, says: "muster \(Version.text)")
    }

    /// Reads a blank picture with the real worker: no symbol, but an answer.
    private func decoder() async -> DoctorCheck {
        let scanner = Scanner(
            worker: context.surroundings.programDirectory + "/muster-decode", timeout: .seconds(10))
        let header = Array("P5 8 8 255\n".utf8)
        do {
            _ = try await scanner.scan(header + [UInt8](repeating: 255, count: 64))
            await scanner.stop()
            return DoctorCheck(check: "decoder", verdict: .good, says: "muster-decode reads pictures")
        } catch {
            return DoctorCheck(
                check: "decoder", verdict: .bad, says: error.explanation.what,
                nextStep: error.explanation.nextStep)
        }
    }

    /// Every camera, and every one that is there and cannot be used.
    private func cameras() -> [DoctorCheck] {
        let (cameras, refusals) = CameraDevice.survey()
        if cameras.isEmpty, refusals.isEmpty {
            return [
                DoctorCheck(
                    check: "camera", verdict: .warning, says: "none is plugged in",
                    nextStep: "Plug one in, or give picture files to `muster scan`.")
            ]
        }
        return cameras.map {
            DoctorCheck(check: "camera", verdict: .good, says: "\($0.name) at \($0.path)")
        }
            + refusals.map {
                DoctorCheck(
                    check: "camera", verdict: .warning, says: $0.explanation.what,
                    nextStep: $0.explanation.nextStep)
            }
    }

    private func store(_ companion: Companion) async throws -> [DoctorCheck] {
        let counts = try await companion.store.counts()
        var checks = [
            DoctorCheck(
                check: "store", verdict: .good,
                says: "\(companion.directory), \(counts.all) operations, \(counts.open) open")
        ]
        do {
            try await companion.store.verifyConservation()
            let broken = try await companion.store.verifyAudit()
            checks.append(
                broken == nil
                    ? DoctorCheck(
                        check: "books", verdict: .good,
                        says: "every operation is accounted for, the audit chain is whole")
                    : DoctorCheck(
                        check: "books", verdict: .bad,
                        says: "the audit chain is broken at entry \(broken ?? 0)",
                        nextStep: "Keep the store as it is and send a copy to support."))
        } catch {
            checks.append(
                DoctorCheck(
                    check: "books", verdict: .bad, says: error.explanation.what,
                    nextStep: error.explanation.nextStep))
        }
        let free = try Files.space(at: companion.directory).available >> 20
        checks.append(
            DoctorCheck(
                check: "disk", verdict: free < 64 ? .warning : .good, says: "\(free) MiB free",
                nextStep: free < 64 ? "Free space before going on; saved work is safe." : nil))
        if counts.needsYou > 0 {
            checks.append(
                DoctorCheck(
                    check: "outbox", verdict: .warning, says: "\(counts.needsYou) operations need a person",
                    nextStep: "See `muster queue list --state needs-you`."))
        }
        return checks
    }

    private func clock(_ companion: Companion) async throws -> DoctorCheck {
        guard let offset = try await companion.captureTime().offsetMilliseconds else {
            return DoctorCheck(
                check: "clock", verdict: .warning,
                says: "not compared with a registrar since this machine started",
                nextStep: "Run `muster sync` when there is a network.")
        }
        let finding = CommissioningFinding.clock(offsetMilliseconds: offset)
        return DoctorCheck(
            check: "clock", verdict: finding == nil ? .good : .warning,
            says: finding?.explanation.what ?? "\(abs(offset)) ms off the registrar's",
            nextStep: finding?.explanation.nextStep)
    }

    /// Whether the keys of a registrar within this store lie in the clear.
    private func keys(_ companion: Companion) async throws -> [DoctorCheck] {
        let directory = EmbeddedRegistrar(companion).directory
        guard try Registrar.exists(directory: directory) else { return [] }
        guard try !Registrar.areKeysSealed(directory: directory) else {
            return [
                DoctorCheck(check: "keys", verdict: .good, says: "the embedded registrar's are encrypted")
            ]
        }
        return [
            DoctorCheck(
                check: "keys", verdict: .warning,
                says:
                    "the embedded registrar's are not encrypted: who reads the store's files can issue certificates",
                nextStep:
                    "Run `muster-registrar seal --directory \(directory) --passphrase-file FILE` and set "
                    + "MUSTER_PASSPHRASE_FILE, or keep the store on an encrypted disk.")
        ]
    }

    private func registrar(_ companion: Companion) async -> DoctorCheck {
        do {
            let (session, profile) = try await companion.session()
            let hello: Hello = try await CompanionRegistrars(companion).client().get(.hello)
            return DoctorCheck(
                check: "registrar", verdict: hello.registrar == profile.registrar ? .good : .bad,
                says: "\(hello.name) answers, as \(session.operatorID)")
        } catch {
            let failure = CommandFailure(error)
            return DoctorCheck(
                check: "registrar", verdict: .warning, says: failure.explanation.what,
                nextStep: failure.explanation.nextStep + " Work can be saved meanwhile.")
        }
    }
}
