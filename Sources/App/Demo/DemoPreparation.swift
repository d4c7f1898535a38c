import CommandTable
import Credentials
import Model
import Registrar
import Store
import Sync
import Wire

/// `muster demo --prepare`: the samples' world in the registrar embedded in a store, so that everything can be tried by hand.
struct DemoPreparation {
    let companion: Companion

    private var console: Console { companion.console }

    func run() async throws -> ExitCode {
        try await requireEmbedded()
        let job = try DemoSetUp.sampleJob(companion.context)
        let embedded = EmbeddedRegistrar(companion)
        let registrar = try embedded.open()
        let client = RegistrarClient.local(registrar)
        try await setUp(client, job)
        try await claimElsewhere(registrar, client)
        try await embedded.pair(
            as: Operator(
                operatorID: DemoWorld.technician, name: "Technician of the samples", role: .support,
                tenants: [DemoWorld.tenant]))
        let summary = await Sender(companion).syncer().run(until: .drained(patience: .zero))
        for problem in summary.problems { console.remark("\(problem.what) \(problem.nextStep)") }
        return try await tell(job)
    }

    /// A store that works for a team is left alone.
    private func requireEmbedded() async throws {
        guard let session = try await companion.store.activeSession(),
            let profile = try await companion.store.registrar(session.registrar), profile.url != nil
        else { return }
        throw CommandFailure(
            .failed, "demo_store_taken", "Nothing was set up: this store works with \(profile.name).",
            "Name another store with --store, or run `muster registrar use embedded` first.")
    }

    /// A sample job that was closed stays closed; the rest is set up all the same.
    private func setUp(_ client: RegistrarClient, _ job: Job) async throws {
        do { try await DemoSetUp(client: client, job: job).run() } catch let failure as CommandFailure
            where failure.explanation.id == ProblemCode.alreadyExists.rawValue
        {
            console.remark(failure.explanation.what)
        }
    }

    /// The other customer has one of the devices, claimed in the ordinary way.
    private func claimElsewhere(_ registrar: Registrar, _ client: RegistrarClient) async throws {
        let identity = DemoCatalogue.gateway(DemoCatalogue.foreignSerial).identity
        let found: DeviceList = try await client.get(
            .findDevices(query: DemoCatalogue.foreignSerial, tenant: nil))
        guard found.devices.allSatisfy({ $0.state == .listed }), let lane = identity.lane else { return }
        let surroundings = companion.surroundings
        let operation = Operation(
            operationID: surroundings.makeOperationID(), body: .claim(.init(identity: identity)),
            tenant: DemoWorld.otherTenant, site: DemoWorld.site, lane: lane, laneSequence: 1,
            operatorID: DemoWorld.otherTechnician,
            store: StoreReference(storeID: surroundings.makeStoreID(), epoch: 1),
            capturedAt: try await companion.captureTime(),
            summary: "Claim \(DemoCatalogue.foreignSerial)")
        let frozen = try FrozenOperation(operation, digest: Digest.sha256)
        let person = Operator(
            operatorID: DemoWorld.otherTechnician, name: "Another technician", role: .support,
            tenants: [DemoWorld.otherTenant])
        let theirs = RegistrarClient(
            transport: EmbeddedTransport { await registrar.handle($0, by: person) }, token: nil)
        let reply: SubmissionReply = try await theirs.post(
            Submission(operations: [Submission.Item(frozen)]), to: .submitOperations)
        if let problem = reply.results.first?.problem { throw CommandFailure(.failed, problem.explanation) }
    }

    private func tell(_ job: Job) async throws -> ExitCode {
        let (session, profile) = try await companion.session()
        let store = companion.store
        let found = try await store.job(profile.registrar, tenant: job.tenant, job.jobID)
        console.print(
            Prepared(
                directory: companion.directory, registrar: profile.registrar, operatorID: session.operatorID,
                tenant: job.tenant, site: job.site, job: found?.jobID))
        console.show("The samples are set up in \(companion.directory), for \(session.operatorID).")
        if let found {
            let progress = try await store.progress(of: found, registrar: profile.registrar)
            console.show("Job \(found.jobID): \(JobWords.sum(progress.counts)).")
            console.show(
                "Next: `muster job show \(found.jobID)`, then `muster commission --job \(found.jobID)`.")
        }
        return .done
    }

    private struct Prepared: Encodable {
        var directory: String
        var registrar: RegistrarID
        var operatorID: OperatorID
        var tenant: TenantID
        var site: SiteID
        var job: JobID?
    }
}
