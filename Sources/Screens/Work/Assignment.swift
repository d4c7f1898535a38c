package import Model

/// What every device gets that is captured next: set once, kept until it is changed.
package struct Assignment: Codable, Equatable, Sendable {
    package var tenant: TenantID?
    package var site: SiteID?
    /// The product of labels that do not say theirs.
    package var product: ProductID?
    package var job: JobID?
    package var positionRule: PositionRule
    /// Whether each scan waits for a key before it is saved.
    package var confirms: Bool

    package init(
        tenant: TenantID? = nil, site: SiteID? = nil, product: ProductID? = nil, job: JobID? = nil,
        positionRule: PositionRule = .none, confirms: Bool = false
    ) {
        self.tenant = tenant
        self.site = site
        self.product = product
        self.job = job
        self.positionRule = positionRule
        self.confirms = confirms
    }

    /// What a job prescribes.
    package init(_ job: Job, confirms: Bool = false) {
        self.init(
            tenant: job.tenant, site: job.site, product: job.product, job: job.jobID,
            positionRule: job.positionRule, confirms: confirms)
    }

    /// Without what the catalogue does not have, and with what it leaves no choice of.
    package func fitted(to work: WorkFacts) -> Assignment {
        var fitted = self
        if !work.tenants.contains(where: { $0.tenantID == tenant }) { fitted.tenant = nil }
        if fitted.tenant == nil, work.tenants.count == 1 { fitted.tenant = work.tenants[0].tenantID }
        let sites = work.sites(of: fitted.tenant)
        if !sites.contains(where: { $0.siteID == site }) { fitted.site = nil }
        if fitted.site == nil, sites.count == 1 { fitted.site = sites[0].siteID }
        if !work.products.contains(where: { $0.productID == product }) { fitted.product = nil }
        if let job, work.job(job) == nil { fitted.job = nil }
        return fitted
    }

    /// Where the next device goes is worked out as for a job; without one, as for a job that has no list.
    package func progress(_ work: WorkFacts, devices: [JobDevice] = []) -> JobProgress {
        if let job = work.job(job) { return JobProgress(of: job, devices: devices) }
        let unlisted = Job(
            jobID: JobID(trusted: "none"), tenant: tenant ?? TenantID(trusted: "none"),
            site: site ?? SiteID(trusted: "none"), name: "", product: product, positionRule: positionRule)
        return JobProgress(of: unlisted, devices: devices)
    }
}
