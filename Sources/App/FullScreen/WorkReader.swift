import CommandTable
import Model
import Screens
import Store
import SyncCore

/// Reads what the screens show from the store.
struct WorkReader: Sendable {
    let companion: Companion

    private var store: Store { companion.store }

    /// Who works, the catalogue, the jobs with their progress, and the counts.
    func facts() async throws -> WorkFacts {
        let (session, registrar) = try await companion.session()
        var facts = WorkFacts(counts: try await counts())
        for known in try await store.sessions() {
            guard let profile = try await store.registrar(known.registrar) else { continue }
            let owner = VaultOwner(known)
            let fact = SessionFact(
                operatorID: known.operatorID, registrar: known.registrar, registrarName: profile.name,
                isEmbedded: profile.url == nil,
                vault: try await store.vault(owner) == nil
                    ? .none : companion.vaults.isOpen(owner) ? .open : .locked,
                until: known.until)
            facts.sessions.append(fact)
            if known.registrar == session.registrar, known.operatorID == session.operatorID {
                facts.session = fact
            }
        }
        let id = registrar.registrar
        facts.tenants = try await store.tenants(id)
        for tenant in facts.tenants {
            facts.sites += try await store.sites(id, tenant: tenant.tenantID).map {
                Site(siteID: $0.siteID, tenant: tenant.tenantID, name: $0.name)
            }
        }
        facts.products = try await store.products(id)
        for job in try await store.jobs(id) {
            let counts = try await store.progress(of: job, registrar: id).counts
            facts.jobs.append(Screens.JobSummary(job: job, counts: counts))
        }
        return facts
    }

    private func counts() async throws -> MarkCounts {
        let counts = try await store.counts()
        return MarkCounts(
            saved: counts.saved, sent: counts.sent, confirmed: counts.confirmed, needsYou: counts.needsYou)
    }

    func progress(of id: JobID) async throws -> JobProgress {
        let (_, registrar) = try await companion.session()
        guard let job = try await store.job(registrar.registrar, id) else {
            throw CommandFailure(.badInput, CommissioningFinding.jobNotInCatalogue(id).explanation)
        }
        return try await store.progress(of: job, registrar: registrar.registrar)
    }

    /// Rows of at most so many operations are shown at once.
    private static let mostRows = 500

    func outbox(_ view: OutboxView) async throws -> [OutboxRow] {
        let filter: OutboxFilter =
            switch view {
            case .needsYou: .mark(.needsYou)
            case .open: .open
            case .confirmed: .init(states: [.applied, .archived], newestFirst: true)
            case .all: .init(newestFirst: true)
            }
        return try await store.entries(filter, limit: Self.mostRows).map(row)
    }

    func operations(_ ids: [OperationID]) async throws -> [OutboxRow] {
        var rows: [OutboxRow] = []
        for id in ids {
            if let entry = try await store.entry(id) { rows.append(row(entry)) }
        }
        return rows
    }

    func row(_ entry: OutboxEntry) -> OutboxRow {
        func can(_ event: OperationEvent) -> Bool { entry.state.after(event) != .refused }
        return OutboxRow(
            operationID: entry.operationID, summary: entry.summary, mark: entry.mark,
            state: state(of: entry), lane: entry.lane,
            tenant: entry.tenant, site: entry.site, operatorID: entry.operatorID, savedAt: entry.acceptedAt,
            attempts: entry.attempts, retryAt: entry.retryAt, problem: entry.problem, receipt: entry.receipt,
            canRetry: can(.retried), canWithdraw: can(.withdrawn))
    }

    private func state(of entry: OutboxEntry) -> RowState {
        switch entry.state {
        case .draft: .draft
        case .queued, .ready: .toBeSent
        case .blocked: .waits(for: entry.waitingFor.map(EntryTable.code))
        case .held: .held
        case .inFlight: .inFlight
        case .inDoubt: .inDoubt
        case .waiting: .retried
        case .rejected: .refused
        case .applied, .archived: .receipt(entry.receipt?.shortCode)
        case .superseded: .replaced
        case .withdrawn: .withdrawn
        }
    }

    /// A receipt's code finds the device of its operation, anything else the devices it is an identifier of.
    func devices(_ text: String) async throws -> [DeviceFacts] {
        if let reference = ReceiptReference(text) {
            guard let entry = try await store.entry(reference.operationID) else { return [] }
            return try await store.device(entry.lane).map { [device($0, history: [])] } ?? []
        }
        return try await store.findDevices(text, limit: Self.mostRows).map { device($0, history: []) }
    }

    func device(_ lane: DeviceIdentifier) async throws -> DeviceFacts {
        guard let found = try await store.device(lane) else {
            throw CommandFailure(
                .badInput, "device_unknown", "This store knows no device `\(lane.value)`.",
                "Check the identifier, or sync to fetch the newest list.")
        }
        var facts = device(found, history: try await store.history(lane).map(row))
        facts.principals = try await DevicePrincipals(companion).principals(of: found)
        return facts
    }

    private func device(_ device: StoredDevice, history: [OutboxRow]) -> DeviceFacts {
        DeviceFacts(
            lane: device.lane, identity: device.identity, identifiers: device.identifiers,
            state: device.state,
            tenant: device.tenant, site: device.site, position: device.position,
            certificate: device.certificate, certificateChain: device.certificateChain,
            target: device.target, updatedAt: device.updatedAt, history: history)
    }
}
