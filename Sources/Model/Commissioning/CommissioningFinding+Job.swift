extension CommissioningFinding {
    /// What is to be told of a device in a job; the other findings explain themselves elsewhere.
    var jobExplanation: Explanation {
        switch self {
        case .jobNotInCatalogue(let job):
            Explanation(
                id: "job_not_listed", what: "The catalogue on this tablet has no open job \(job).",
                nextStep: "Check the spelling, or sync to fetch the newest catalogue.")
        case .notInJob(let job):
            Explanation(
                id: "job_device_unexpected", what: "The list of job \(job) does not have this device.",
                nextStep: "Check that this is the right device; it is claimed under the job if you go on.")
        case .anotherSiteExpected(let site):
            Explanation(
                id: "job_other_site", what: "The job is at site \(site), and another site is named.",
                nextStep: "Check where you are; the site that you name counts.")
        case .anotherPositionExpected(let position):
            Explanation(
                id: "job_other_position", what: "The job expects this device at \(position).",
                nextStep: "Move it there, or go on and tell the desk; the position that you name counts.")
        case .positionTaken(let position, let holder):
            Explanation(
                id: "position_taken", what: "\(holder) is at \(position) already.",
                nextStep: "Check the position; both devices are recorded there if you go on.")
        case .noSingleDevice, .productUnknown, .productNotInCatalogue, .labelOfAnotherProduct,
            .siteNotInCatalogue, .alreadyClaimed,
            .alreadySaved, .clockWrong:
            explanation
        }
    }
}

extension JobProgress {
    /// What is worth saying of a device before it is saved under the job. Nothing of it blocks.
    ///
    /// `site` and `position` are what is about to be saved.
    package func findings(
        of identity: DeviceIdentity, site: SiteID?, position: String?
    ) -> [CommissioningFinding] {
        var findings: [CommissioningFinding] = []
        if let site, site != job.site { findings.append(.anotherSiteExpected(job.site)) }
        var expected: String?
        switch match(identity) {
        case .notInJob: findings.append(.notInJob(job.jobID))
        case .expectedAt(let place, let line):
            // A place for any device of a product is an offer, not an order.
            if lines[line].expected.identity.lane != nil { expected = place }
        case .alreadyDone(let line?, _): expected = lines[line].expected.position
        case .expected, .alreadyDone(nil, _): break
        }
        guard let position, site == nil || site == job.site else { return findings }
        if let expected, expected != position { findings.append(.anotherPositionExpected(expected)) }
        if let holder = holder(of: position, besides: identity) {
            findings.append(.positionTaken(position, by: holder.identity.displayName))
        }
        return findings
    }
}
