package import Model

extension Operator {
    /// Whether the operator may look at the device: through search, by its id, in history or in the feed.
    ///
    /// A device that is nobody's is seen by administrators alone.
    package func sees(_ device: DeviceRecord, at now: Timestamp) -> Bool {
        guard let tenant = device.tenant else { return authorise(.administer, of: self, at: now) == nil }
        return authorise(.browse(tenant, .site(device.site)), of: self, at: now) == nil
    }

    /// Whether the tenant's feed shows the device to the operator.
    ///
    /// `handled`: whether an operation of this operator on the device was applied. An installer, who does not
    ///   browse, follows the devices that she handled herself.
    package func follows(_ device: DeviceRecord, of tenant: TenantID, handled: Bool, at now: Timestamp)
        -> Bool
    {
        guard device.tenant == tenant else { return false }
        guard role == .installer else { return sees(device, at: now) }
        return handled && authorise(.submit(tenant, .site(device.site)), of: self, at: now) == nil
    }

    /// Whether the operator may be offered the site.
    package func sees(_ site: Site, at now: Timestamp) -> Bool {
        authorise(.follow(site.tenant), of: self, at: now) == nil
            && (role == .admin || sites.isEmpty || sites.contains(site.siteID))
    }

    /// Whether the operator may be offered the job: those of the sites where she may work.
    package func sees(_ job: Job, at now: Timestamp) -> Bool {
        authorise(.follow(job.tenant), of: self, at: now) == nil
            && (role == .admin || sites.isEmpty || sites.contains(job.site))
    }

    /// Whether the operator may ask what became of an operation.
    package func seesOperation(of operatorID: OperatorID, tenant: TenantID, at now: Timestamp) -> Bool {
        self.operatorID == operatorID || authorise(.browse(tenant, .anywhere), of: self, at: now) == nil
    }
}
