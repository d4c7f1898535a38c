package import Model

/// What every screen knows of the work: who works with which registrar, and the catalogue of what there is.
package struct WorkFacts: Equatable, Sendable {
    package var session: SessionFact?
    /// Everyone who may work on this tablet, the one who works now first.
    package var sessions: [SessionFact]
    package var tenants: [Tenant]
    /// Of all tenants.
    package var sites: [Site]
    package var products: [Product]
    /// Open jobs, the most urgent first.
    package var jobs: [JobSummary]
    package var counts: MarkCounts

    package init(
        session: SessionFact? = nil, sessions: [SessionFact] = [], tenants: [Tenant] = [],
        sites: [Site] = [], products: [Product] = [], jobs: [JobSummary] = [],
        counts: MarkCounts = MarkCounts()
    ) {
        self.session = session
        self.sessions = sessions
        self.tenants = tenants
        self.sites = sites
        self.products = products
        self.jobs = jobs
        self.counts = counts
    }

    package func sites(of tenant: TenantID?) -> [Site] { sites.filter { $0.tenant == tenant } }

    package func job(_ id: JobID?) -> Job? { jobs.first { $0.job.jobID == id }?.job }
}

/// Somebody who is paired with a registrar on this tablet.
package struct SessionFact: Equatable, Sendable {
    package var operatorID: OperatorID
    package var registrar: RegistrarID
    package var registrarName: String
    /// Whether the registrar runs within this program.
    package var isEmbedded: Bool
    package var vault: Vault
    /// From this moment on nothing is sent any more; `nil` for a pairing without an end.
    package var until: Timestamp?

    /// How the operator's vault on this tablet stands.
    package enum Vault: Equatable, Sendable {
        case none, open, locked
    }

    package init(
        operatorID: OperatorID, registrar: RegistrarID, registrarName: String, isEmbedded: Bool,
        vault: Vault = .none, until: Timestamp? = nil
    ) {
        self.operatorID = operatorID
        self.registrar = registrar
        self.registrarName = registrarName
        self.isEmbedded = isEmbedded
        self.vault = vault
        self.until = until
    }

    /// Whether somebody has to sign in again before anything is sent.
    package func hasEnded(at now: Timestamp) -> Bool { until.map { now >= $0 } ?? false }
}

package struct JobSummary: Equatable, Sendable {
    package var job: Job
    package var counts: JobCounts

    package init(job: Job, counts: JobCounts) {
        self.job = job
        self.counts = counts
    }
}

/// How many operations of this store have each mark.
package struct MarkCounts: Equatable, Sendable {
    package var saved = 0
    package var sent = 0
    package var confirmed = 0
    package var needsYou = 0

    package init(saved: Int = 0, sent: Int = 0, confirmed: Int = 0, needsYou: Int = 0) {
        self.saved = saved
        self.sent = sent
        self.confirmed = confirmed
        self.needsYou = needsYou
    }
}
