/// What checking a device before saving brought to light.
package enum CommissioningFinding: Equatable, Sendable {
    /// The label names a product or nothing, but no single device.
    case noSingleDevice
    /// No product of the catalogue matches, and none was named.
    case productUnknown
    case productNotInCatalogue(ProductID)
    /// The label says that it is of another product than the one named; `nil` when of none that is known.
    case labelOfAnotherProduct(ProductID?, named: ProductID)
    case siteNotInCatalogue(SiteID)
    /// The catalogue on this tablet has the device at this site already.
    case alreadyClaimed(site: SiteID?)
    /// This store holds the device's claim already.
    case alreadySaved
    /// The catalogue on this tablet has no open job of that name.
    case jobNotInCatalogue(JobID)
    /// The job's list does not have the device.
    case notInJob(JobID)
    /// The job is at another site than the one named.
    case anotherSiteExpected(SiteID)
    /// The job's list has the device at another position than the one named.
    case anotherPositionExpected(String)
    /// Another device stands at the position, or is to.
    case positionTaken(String, by: String)
    /// The tablet's clock is off the registrar's by this much.
    case clockWrong(offsetMilliseconds: Int64)

    /// Whether saving would be a mistake. Everything else is told, and the work goes on.
    package var blocks: Bool {
        switch self {
        case .noSingleDevice, .labelOfAnotherProduct: true
        case .productUnknown, .productNotInCatalogue, .siteNotInCatalogue, .alreadyClaimed, .alreadySaved,
            .jobNotInCatalogue, .notInJob, .anotherSiteExpected, .anotherPositionExpected, .positionTaken,
            .clockWrong:
            false
        }
    }

    package var explanation: Explanation {
        switch self {
        case .noSingleDevice:
            Explanation(
                id: "identity_missing", what: "Nothing was saved: the label does not name a single device.",
                nextStep: "Scan the code with the serial, or type the serial and its product.")
        case .productUnknown:
            Explanation(
                id: "product_unknown", what: "No product of the catalogue matches this label.",
                nextStep: "Choose the product, or name it with --product, if the registrar refuses the claim."
            )
        case .productNotInCatalogue(let product):
            Explanation(
                id: "product_not_listed", what: "The catalogue on this tablet has no product \(product).",
                nextStep: "Check the spelling, or sync to fetch the newest catalogue.")
        case .labelOfAnotherProduct(let told?, let named):
            Explanation(
                id: "product_mismatch",
                what: "Nothing was saved: the label is of the product \(told), and \(named) was named.",
                nextStep: "Leave the product out if the label is right; otherwise set the device aside.")
        case .labelOfAnotherProduct(nil, let named):
            Explanation(
                id: "product_mismatch",
                what: "Nothing was saved: the label is of another product than \(named).",
                nextStep: "Check the product that was named; if it is right, set the device aside.")
        case .siteNotInCatalogue(let site):
            Explanation(
                id: "site_not_listed", what: "The catalogue on this tablet has no site \(site).",
                nextStep: "Check the spelling, or sync to fetch the newest catalogue.")
        case .alreadyClaimed(let site):
            Explanation(
                id: "claimed_same_tenant",
                what: "The device is yours already" + (site.map { ", at site \($0)." } ?? "."),
                nextStep: "Check that this is the right device; it is placed anew if you go on.")
        case .alreadySaved:
            Explanation(
                id: "already_saved",
                what: "The claim of this device is saved already; it is not saved twice.",
                nextStep: "Go on with the next device.")
        case .jobNotInCatalogue, .notInJob, .anotherSiteExpected, .anotherPositionExpected, .positionTaken:
            jobExplanation
        case .clockWrong(let offset):
            Explanation(
                id: "clock_wrong",
                what: "This tablet's clock is \(abs(offset) / 1000) seconds off the registrar's.",
                nextStep: "Set the clock; the registrar's time counts meanwhile.")
        }
    }
}

extension CommissioningFinding {
    /// How far the clock may be off before it is worth a word: two minutes.
    private static let tolerableOffsetMilliseconds: Int64 = 120_000

    /// Everything worth saying before a device is saved.
    ///
    /// `products` and `sites` are those that this store knows, empty when it knows none yet; `isClaimed` and `knownSite`
    /// are the device as the registrar's catalogue has it; `savedAlready` tells whether this store holds the device's claim.
    package static func all(
        of identity: DeviceIdentity, site: SiteID?, products: [Product], sites: [SiteID],
        knownSite: SiteID?,
        isClaimed: Bool, savedAlready: Bool, clockOffsetMilliseconds: Int64?
    ) -> [CommissioningFinding] {
        var findings: [CommissioningFinding] = []
        if identity.lane == nil { findings.append(.noSingleDevice) }
        if let product = identity.product {
            if !products.isEmpty, !products.contains(where: { $0.productID == product }) {
                findings.append(.productNotInCatalogue(product))
            }
            if let finding = contradiction(of: identity, to: product, products) { findings.append(finding) }
        } else {
            findings.append(.productUnknown)
        }
        if let site, !sites.isEmpty, !sites.contains(site) { findings.append(.siteNotInCatalogue(site)) }
        if savedAlready {
            findings.append(.alreadySaved)
        } else if isClaimed {
            findings.append(.alreadyClaimed(site: knownSite))
        }
        if let finding = clockOffsetMilliseconds.flatMap(clock) { findings.append(finding) }
        return findings
    }

    /// Whether the label has another value where labels of the product have a fixed one.
    private static func contradiction(
        of identity: DeviceIdentity, to named: ProductID, _ products: [Product]
    ) -> CommissioningFinding? {
        guard let product = products.first(where: { $0.productID == named }),
            product.labelFields.contains(where: { identity.fields[$0.key] ?? $0.value != $0.value })
        else { return nil }
        return .labelOfAnotherProduct(products.matching(identity.fields)?.productID, named: named)
    }

    /// What is to be said of a clock that is that far off; `nil` when it is near enough.
    package static func clock(offsetMilliseconds: Int64) -> CommissioningFinding? {
        abs(offsetMilliseconds) > tolerableOffsetMilliseconds
            ? .clockWrong(offsetMilliseconds: offsetMilliseconds) : nil
    }
}
