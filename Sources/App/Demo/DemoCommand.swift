import CommandTable
import Credentials
import Intake
import Model
import Processes
import Scanning
import Store
import Sync
import SyncCore
import Wire

/// `muster demo`: the main job on the sample labels, with a real registrar process that is not running at first.
struct DemoCommand {
    let context: CommandContext

    private var console: Console { context.console }

    func run() async throws -> ExitCode {
        if context.invocation.has("prepare") {
            return try await DemoPreparation(companion: try await Companion.open(context)).run()
        }
        guard let assets = context.surroundings.assetsDirectory else {
            throw CommandFailure(
                .unavailable, "samples_missing", "Nothing was shown: the sample labels are not installed.",
                "Run it from the source directory, or install Assets in share/muster.")
        }
        let directory =
            (context.surroundings.variables["TMPDIR"] ?? "/tmp") + "/muster-demo-"
            + Hexadecimal.encode(context.surroundings.randomBytes(6))
        try Files.makeDirectories(directory, mode: 0o700)
        defer {
            if context.invocation.has("keep") {
                console.remark("Kept: \(directory)")
            } else {
                context.surroundings.removeAll(directory)
            }
        }
        let world = try await DemoWorld.make(in: directory, context)
        try await anotherCustomerClaims(world)
        return try await day(world, labels: assets + "/labels")
    }

    /// Yesterday: somebody else claims one of the devices, in the ordinary way.
    private func anotherCustomerClaims(_ world: DemoWorld) async throws {
        let registrar = try world.startRegistrar()
        do {
            let tablet = try await world.tablet("other-tablet", for: DemoWorld.otherTechnician)
            let commissioning = try await Commissioning(tablet)
            _ = try await commissioning.save(
                CommissionRequest(
                    device: CapturedDevice(
                        identity: DemoCatalogue.gateway(DemoCatalogue.foreignSerial).identity, secrets: [:]),
                    tenant: DemoWorld.otherTenant, site: DemoWorld.site))
            _ = await Sender(tablet).syncer().run(until: .drained(patience: .seconds(5)))
        } catch {
            try registrar.end()
            throw error
        }
        try world.stop(registrar)
    }

    /// Today: scanning in the basement, then the network is back.
    private func day(_ world: DemoWorld, labels: String) async throws -> ExitCode {
        let tablet = try await world.tablet("tablet", for: DemoWorld.technician)
        console.show(
            "1. In the basement: the registrar is not running. Every label is read, checked and saved.")
        console.show("")
        var results = try await capture(labels, on: tablet)
        let offline = await Sender(tablet).syncer().run(until: .drained(patience: .zero))
        console.show("")
        console.show(
            "2. `muster sync` without a registrar: \(offline.saved) operations stay saved, nothing is lost.")
        for problem in offline.problems { console.show("   \(problem.what)") }
        console.show("")
        console.show("3. The registrar is started, and `muster sync` sends what is saved.")
        let registrar = try world.startRegistrar()
        let online: SyncSummary
        do {
            online = await Sender(tablet).syncer().run(until: .drained(patience: .seconds(10)))
            try await verify(&results, on: tablet)
        } catch {
            try registrar.end()
            throw error
        }
        try world.stop(registrar)
        console.show(
            "   \(online.confirmed) receipts came back; each is verified again, with its certificate.")
        console.show("")
        show(results)
        try await showJob(on: tablet)
        return isAsExpected(results) ? .done : .failed
    }

    private func capture(_ labels: String, on tablet: Companion) async throws -> [DemoResult] {
        let capture = try Capture(tablet.context)
        let scanner = capture.scanner()
        let commissioning = try await Commissioning(tablet)
        let products = try await tablet.store.products(commissioning.registrar.registrar)
        var results: [DemoResult] = []
        let profile = commissioning.registrar.registrar
        var job = try await JobAtHand(
            try DemoSetUp.sampleJob(context).jobID, store: tablet.store, registrar: profile)
        for picture in context.surroundings.fileNames(in: labels) where !picture.hasSuffix(".md") {
            var result = DemoResult(picture: picture)
            do {
                let evidence = try await capture.evidence(picture: labels + "/" + picture, with: scanner)
                let device = try evidence.device(product: nil, products: products)
                let position = job.position(of: device.identity, at: DemoWorld.site)
                let saved = try await commissioning.save(
                    CommissionRequest(
                        device: device, tenant: DemoWorld.tenant, site: DemoWorld.site,
                        position: position, job: job.id,
                        jobFindings: job.findings(of: device.identity, at: DemoWorld.site, position),
                        certificateRequest: try Self.request(of: device)))
                job.note(saved.lane, device.identity, at: position)
                result.device = saved.name
                result.position = position
                result.product = device.identity.product?.rawValue ?? "–"
                result.operations = saved.operations
                result.stages = saved.stages.map(\.rawValue)
                console.show(
                    "   ● saved     \(picture): \(saved.name), \(saved.stages.map(\.rawValue).joined(separator: " → "))"
                )
            } catch {
                let failure = CommandFailure(error)
                guard failure.exitCode == .badInput else { throw failure }
                result.trouble = failure.explanation
                console.show("   ! needs you \(picture): \(failure.explanation.what)")
            }
            results.append(result)
        }
        await scanner.stop()
        return results
    }

    /// What the device would give: a request for a key of its own.
    private static func request(of device: CapturedDevice) throws -> [UInt8] {
        let key = try PrivateKey.generate(.p256)
        return try CertificateRequest.create(key: key, commonName: device.identity.displayName).der
    }

    /// Reads each outcome, and checks receipts and certificates once more from what the store kept.
    private func verify(_ results: inout [DemoResult], on tablet: Companion) async throws {
        let (_, profile) = try await tablet.session()
        let root = try Certificate(Array((profile.certificateAuthority ?? "").utf8))
        for index in results.indices {
            for id in results[index].operations {
                guard let entry = try await tablet.store.entry(id) else { continue }
                if let problem = entry.problem, results[index].trouble == nil {
                    results[index].trouble = problem.explanation
                }
                guard entry.state == .applied, let receipt = entry.receipt,
                    let text = try await tablet.store.signedReceipt(id),
                    CompanionRegistrars.verifiedPayload(profile, text) != nil
                else { continue }
                results[index].receipts.append(receipt.shortCode)
                if let chain = receipt.certificateChain {
                    let certificates = try Certificate.chain(pem: chain)
                    guard let leaf = certificates.first else { continue }
                    try Certificate.verifyChain(
                        leaf: leaf, intermediates: Array(certificates.dropFirst()), roots: [root],
                        at: context.surroundings.now())
                    results[index].certificate = "until \(leaf.summary.notAfter.description.prefix(10))"
                }
            }
        }
    }

    private func show(_ results: [DemoResult]) {
        var table = TextTable(header: [
            "", "POSITION", "DEVICE", "PRODUCT", "RECEIPTS", "CERTIFICATE", "PICTURE",
        ])
        for result in results {
            console.print(result)
            table.rows.append([
                result.isConfirmed ? "✓ confirmed" : "! needs you", result.position ?? "–",
                result.device ?? "–", result.product ?? "–", result.receipts.joined(separator: " "),
                result.certificate ?? "",
                result.picture,
            ])
        }
        table.lines.forEach(console.show)
        console.show("")
        for result in results {
            guard let trouble = result.trouble else { continue }
            console.show("! \(result.picture): \(trouble.what)")
            console.show("  \(trouble.nextStep)")
        }
        let confirmed = results.count { $0.isConfirmed }
        console.show("")
        console.show(
            "\(confirmed) of \(results.count) devices are claimed, certified, placed and confirmed; the others need a person."
        )
    }

    /// What `muster job show` would say at the end of the day.
    private func showJob(on tablet: Companion) async throws {
        let registrar = try await tablet.session().registrar.registrar
        for job in try await tablet.store.jobs(registrar) {
            let counts = try await tablet.store.progress(of: job, registrar: registrar).counts
            console.print(JobSummary(job, counts))
            console.show("Job \(job.jobID), \(job.name): \(JobWords.sum(counts)).")
        }
    }

    /// The pictures that are meant to need a person, and only those.
    private func isAsExpected(_ results: [DemoResult]) -> Bool {
        let troubled = Set(results.filter { !$0.isConfirmed }.map(\.picture))
        return troubled == ["other-tenant.jpg", "unreadable.jpg", "wrong-check-digit.png"]
    }
}
