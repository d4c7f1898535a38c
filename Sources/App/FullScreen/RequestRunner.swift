import CommandTable
import Credentials
import Intake
import Labels
import Model
import Processes
import QRCodes
import Scanning
import Screens
import Store

/// Performs what the screens ask for, and posts the answers. Work on the store goes in the order in which it was asked
/// for; what may take long (pictures, camera, doctor) goes beside it.
actor RequestRunner {
    private let context: CommandContext
    private let mailbox: Mailbox
    private let keepsakes: KeepsakeFile
    private var companion: Companion?
    private var background: BackgroundSync?
    private let camera: CameraFeed
    private let capture: Capture
    private let devices: DeviceWork

    init(_ context: CommandContext, _ capture: Capture, _ keepsakes: KeepsakeFile, _ mailbox: Mailbox) {
        self.context = context
        self.mailbox = mailbox
        self.keepsakes = keepsakes
        self.capture = capture
        camera = CameraFeed(context, mailbox)
        devices = DeviceWork(mailbox)
    }

    /// Performs requests one after the other, until the stream ends.
    func run(_ requests: AsyncStream<Request>) async {
        for await request in requests {
            do {
                try await perform(request)
            } catch {
                answer(failed(request, CommandFailure(error).explanation))
            }
        }
        await camera.close()
        await background?.stop()
    }

    private func answer(_ answer: Answer) { mailbox.post(.answered(answer)) }

    /// The store, opened when it is first needed, so that the screen is there before it.
    private func opened() async throws -> Companion {
        if let companion { return companion }
        var companion = try await Companion.open(context)
        _ = try await companion.session()
        let background = BackgroundSync(companion, mailbox)
        companion.background = background
        self.companion = companion
        self.background = background
        await background.start()
        return companion
    }

    private func failed(_ request: Request, _ explanation: Explanation) -> Answer {
        if case .save(let ticket, _) = request { return .saveFailed(ticket: ticket, explanation) }
        return .failed(explanation)
    }

    private func perform(_ request: Request) async throws {
        switch request {
        case .check, .save, .undo, .release, .addNote, .provision, .revoke: try await performOnDevice(request)
        case .decide(let id, let settlement): try await decide(id, settlement)
        case .readPicture, .listFiles, .examine, .writeCertificate, .drawReceipt, .exportOutbox:
            try await performBeside(request)
        case .listCameras, .openCamera, .closeCamera, .setTorch: await camera.perform(request)
        case .keep(let keepsake): try keepsakes.keep(keepsake)
        case .keepScanner(let scanner):
            try keepsakes.keep(scanner)
            answer(.scannerKept)
        case .loadWork, .chooseSession, .openVault, .lockVault, .loadJob, .loadOperations, .loadOutbox, .find,
            .loadDevice, .syncNow:
            try await look(request)
        case .findLinks, .discover, .handOver, .stopHandOver, .prepareVerify, .verify, .lookAtVerify:
            try await workOnDevice(request)
        case .signIn, .signOut: try await signInOrOut(request)
        case .ring, .suspend, .leave: break
        }
    }

    /// What may take long is only begun here.
    private func workOnDevice(_ request: Request) async throws {
        let companion = try await opened()
        switch request {
        case .findLinks(let lane):
            answer(try DeviceWork.links(lane, companion))
        case .discover:
            let (mailbox, worker) = (mailbox, DiscoveryWorker(context))
            Task {
                do { mailbox.post(.answered(.devicesAnnounced(try await worker.devices()))) } catch {
                    mailbox.post(.answered(.failed(CommandFailure(error).explanation)))
                }
            }
        case .handOver(let wish): await devices.start(wish, companion)
        case .stopHandOver(let lane): await devices.stop(lane)
        case .prepareVerify(let lane):
            answer(.verifyPrepared(try await DeviceWork.facts(lane, companion)))
        case .verify(let wish): await devices.start(wish, companion)
        case .lookAtVerify(let lane, let question):
            answer(.verifyEnded(lane, try await DeviceWork.answer(to: question, companion)))
        default: break
        }
    }

    private func signInOrOut(_ request: Request) async throws {
        let (work, mailbox, background) = (SignInWork(companion: try await opened()), mailbox, background)
        Task {
            let answer: Answer? =
                switch request {
                case .signIn(let registrar, let person, let password):
                    await work.signIn(person, at: registrar, password)
                case .signOut: await work.signOut()
                default: nil
                }
            if let answer { mailbox.post(.answered(answer)) }
            await background?.wake()
        }
    }

    // MARK: Looking

    private func look(_ request: Request) async throws {
        let companion = try await opened()
        let reader = WorkReader(companion: companion)
        switch request {
        case .loadWork: answer(.workLoaded(try await reader.facts()))
        case .chooseSession(let registrar, let operatorID):
            _ = try await companion.store.chooseSession(
                registrar, operatorID, at: companion.surroundings.now())
            answer(.workLoaded(try await reader.facts()))
        case .openVault(let registrar, let operatorID, let passphrase):
            try await companion.openVault(
                VaultOwner(registrar, operatorID), try SecretBytes(copying: passphrase.bytes))
            answer(.workLoaded(try await reader.facts()))
            await background?.wake()
        case .lockVault:
            companion.vaults.lock()
            answer(.workLoaded(try await reader.facts()))
        case .loadJob(let id): answer(.jobLoaded(try await reader.progress(of: id)))
        case .loadOperations(let ids): answer(.operationsLoaded(try await reader.operations(ids)))
        case .loadOutbox(let view): answer(.outboxLoaded(view, try await reader.outbox(view)))
        case .find(let text): answer(.found(text, try await reader.devices(text)))
        case .loadDevice(let lane): answer(.deviceLoaded(try await reader.device(lane)))
        case .syncNow: await background?.wake()
        default: break
        }
    }

    // MARK: Devices

    private func performOnDevice(_ request: Request) async throws {
        let companion = try await opened()
        let commissioning = try await Commissioning(companion)
        let settling = Settling(companion: companion)
        switch request {
        case .check(let ticket, let candidate):
            let (lane, findings) = try await commissioning.check(try await wanted(candidate, commissioning))
            answer(.checked(ticket: ticket, CheckFacts(lane: lane, findings: findings)))
        case .save(let ticket, let candidate):
            let saved = try await commissioning.save(try await wanted(candidate, commissioning))
            answer(
                .saved(
                    ticket: ticket,
                    SavedFacts(
                        lane: saved.lane, name: saved.name, operations: saved.operations,
                        findings: saved.findings)))
            await told()
        case .undo(let ids):
            for id in ids.reversed() { try await settling.withdraw(id, reason: "taken back at once") }
            answer(.undone(ids))
            await told()
        case .release(let lane, let reason):
            try await add(.release(OperationBody.Release(reason: reason)), to: lane, companion)
        case .addNote(let lane, let text):
            try await add(.note(OperationBody.Note(text: text)), to: lane, companion)
        case .revoke(let lane, let reason, let text):
            try await add(.revoke(OperationBody.Revoke(reason: reason, text: text)), to: lane, companion)
        case .provision(let lane, let path): try await provision(lane, path, companion)
        default: break
        }
    }

    private func provision(_ lane: DeviceIdentifier, _ path: String, _ companion: Companion) async throws {
        let request = try RequestFile.certificateRequest(path)
        if let identity = try await companion.store.device(lane)?.identity {
            let (_, registrar) = try await companion.session()
            try await KeyPolicy(companion, registrar, of: identity).check(.device)
            _ = try await RequestLint(companion: companion).check(request, of: identity, in: lane)
        }
        try await add(
            .provision(
                OperationBody.Provision(certificateRequest: Base64.encode(request), keyOrigin: .device)),
            to: lane, companion)
    }

    private func wanted(
        _ candidate: Candidate, _ commissioning: Commissioning
    ) async throws -> CommissionRequest {
        var request = CommissionRequest(
            device: candidate.device, tenant: candidate.tenant, site: candidate.site,
            position: candidate.position, job: candidate.job)
        if let id = candidate.job {
            let job = try await JobAtHand(
                id, tenant: candidate.tenant, store: commissioning.companion.store,
                registrar: commissioning.registrar.registrar)
            request.jobFindings = job.findings(
                of: candidate.device.identity, at: candidate.site, candidate.position)
        }
        return request
    }

    private func add(
        _ body: OperationBody, to lane: DeviceIdentifier, _ companion: Companion
    ) async throws {
        guard let device = try await companion.store.device(lane) else {
            throw CommandFailure(
                .badInput, "device_unknown", "This store knows no device `\(lane.value)`.",
                "Check the identifier, or sync to fetch the newest list.")
        }
        let known = try await companion.store.history(lane).last?.tenant
        guard let tenant = device.tenant ?? known else {
            throw CommandFailure(
                .badInput, "not_claimed", "Nothing was saved: the device is nobody's here.",
                "Claim the device first.")
        }
        let id = try await Settling(companion: companion).add(body, to: device, tenant: tenant)
        answer(.operationSaved(lane, id))
        await told()
    }

    private func decide(_ id: OperationID, _ settlement: Settlement) async throws {
        let companion = try await opened()
        let settling = Settling(companion: companion)
        switch settlement {
        case .retry: try await settling.retry(id)
        case .withdraw(let reason): try await settling.withdraw(id, reason: reason)
        case .takeTheirs: try await settling.takeTheirs(id)
        case .takeMine:
            if let entry = try await companion.store.entry(id) { _ = try await settling.takeMine(entry) }
        }
        answer(.decided(id))
        await told()
    }

    /// This program has changed the store: the screens look again, and the sync sends.
    private func told() async {
        mailbox.post(.storeChanged)
        await background?.accepted()
    }

    // MARK: Files and pictures

    private func performBeside(_ request: Request) async throws {
        switch request {
        case .readPicture(let path):
            let (capture, mailbox) = (capture, mailbox)
            Task {
                let scanner = capture.scanner()
                do {
                    let symbols = try await capture.symbols(of: path, with: scanner)
                    mailbox.post(.answered(.pictureRead(path: path, symbols)))
                } catch { mailbox.post(.answered(.failed(CommandFailure(error).explanation))) }
                await scanner.stop()
            }
        case .listFiles(let directory):
            answer(try FileList(context.surroundings).rows(in: directory))
        case .examine:
            let (doctor, mailbox) = (Doctor(context: context), mailbox)
            let companion = try? await opened()
            Task { mailbox.post(.answered(.examined(await doctor.checks(companion).map(\.row)))) }
        case .writeCertificate(let lane, let path):
            let device = try await WorkReader(companion: try await opened()).device(lane)
            try Files.writeAtomically(Array((device.certificateChain ?? "").utf8), to: path, mode: 0o644)
            answer(.certificateWritten(path: path))
        case .exportOutbox:
            let companion = try await opened()
            let (lines, count) = try await Settling(companion: companion).exported()
            let path = companion.directory + "/outbox-\(companion.surroundings.now().fileName).jsonl"
            try Files.writeAtomically(lines, to: path)
            answer(.exported(path: path, count: count))
        case .drawReceipt(let id):
            let receipt = try await opened().store.entry(id)?.receipt
            guard let receipt else { return }
            answer(.receiptDrawn(id, code: try QRCode(ReceiptReference(receipt).text).modules))
        default: break
        }
    }
}

extension Timestamp {
    /// The second of it in UTC, as file names take it.
    fileprivate var fileName: String { description.prefix(19).filter { $0 != ":" && $0 != "-" } }
}
