import CommandTable
import Intake
import Model
import Store

/// The job that devices are commissioned under, with its progress kept up to date from one device to the next.
struct JobAtHand: Sendable {
    let id: JobID
    /// `nil` when the catalogue on this tablet has no such job; the name goes with the operations all the same.
    private(set) var progress: JobProgress?
    /// What tells that another process has committed since.
    private var changeMark: Int

    var job: Job? { progress?.job }

    /// The job that the command line names, or `$MUSTER_JOB`; `nil` when nobody names one.
    static func named(_ companion: Companion, _ registrar: RegistrarProfile) async throws -> JobAtHand? {
        let invocation = companion.context.invocation
        let text = invocation.value("job") ?? companion.surroundings.variables["MUSTER_JOB"]
        guard let text, !text.isEmpty else { return nil }
        let tenant: TenantID? = try invocation.value("tenant").map { try ArgumentText.identifier($0) }
        return try await JobAtHand(
            try ArgumentText.identifier(text), tenant: tenant, store: companion.store,
            registrar: registrar.registrar)
    }

    init(_ id: JobID, tenant: TenantID? = nil, store: Store, registrar: RegistrarID) async throws {
        self.id = id
        changeMark = try await store.changeMark()
        if let job = try await store.job(registrar, tenant: tenant, id) {
            progress = try await store.progress(of: job, registrar: registrar)
        }
    }

    /// Counts anew when another process has saved something meanwhile, so that two of them give no position twice.
    mutating func refresh(_ store: Store, _ registrar: RegistrarID) async throws {
        let mark = try await store.changeMark()
        guard let job, mark != changeMark else { return }
        changeMark = mark
        progress = try await store.progress(of: job, registrar: registrar)
    }

    /// A device was saved under the job.
    mutating func note(_ lane: DeviceIdentifier, _ identity: DeviceIdentity, at position: String?) {
        progress?.add(JobDevice(lane: lane, identity: identity, position: position, mark: .saved))
    }

    /// The device with the product that the job knows and its label does not say.
    func completed(_ device: CapturedDevice, products: [Product]) -> CapturedDevice {
        guard let progress, !products.product(of: device.identity).isCertain else { return device }
        var unnamed = device.identity
        unnamed.product = nil
        guard let product = progress.product(of: unnamed) else { return device }
        var device = device
        device.identity.product = product
        return device
    }

    /// Where the job has the device go; nowhere when it is to be at another site than the job's.
    func position(of identity: DeviceIdentity, at site: SiteID?) -> String? {
        guard let progress, site == progress.job.site else { return nil }
        return progress.position(for: progress.match(identity))
    }

    /// What the job has to say before the device is saved there.
    func findings(
        of identity: DeviceIdentity, at site: SiteID?, _ position: String?
    ) -> [CommissioningFinding] {
        progress?.findings(of: identity, site: site, position: position) ?? [.jobNotInCatalogue(id)]
    }
}
