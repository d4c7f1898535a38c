import Model
import Testing

@Suite struct CommissioningStageTests {
    private let device = DeviceIdentity(fields: ["mac": "AA:BB:CC:DD:EE:FF"])

    private func path(_ facts: CommissioningFacts) -> [CommissioningStage] {
        var stages = [CommissioningStage.capture]
        while let stage = stages.last, stage != .done,
            let next = CommissioningStage.next(after: stage, given: facts), stages.count < 20
        { stages.append(next) }
        return stages
    }

    @Test func `a new device goes through every stage that was asked for`() {
        let facts = CommissioningFacts(identity: device, wanted: [.claim, .provision, .place])
        #expect(path(facts) == [.capture, .identify, .check, .claim, .principals, .place, .done])
    }

    @Test func `what is saved already is not done twice`() {
        let facts = CommissioningFacts(
            identity: device, wanted: [.claim, .provision, .place], saved: [.claim, .place])
        #expect(path(facts) == [.capture, .identify, .check, .principals, .done])
    }

    @Test func `a label that names no single device stops before anything is saved`() {
        let facts = CommissioningFacts(identity: DeviceIdentity(fields: ["gtin": "1"]), wanted: [.claim])
        #expect(path(facts) == [.capture, .identify])
        #expect(path(CommissioningFacts(wanted: [.claim])) == [.capture])
        #expect(
            path(CommissioningFacts(identity: device, findings: [.noSingleDevice], wanted: [.claim])).last
                == .check)
    }

    @Test func `checking says what is odd and lets the work go on`() throws {
        let site = try #require(SiteID(rawValue: "oslo"))
        let product = try #require(ProductID(rawValue: "ls1"))
        let findings = CommissioningFinding.all(
            of: DeviceIdentity(product: product, fields: ["serial": "1"]), site: site,
            products: [Product(productID: try #require(ProductID(rawValue: "other")), name: "Other")],
            sites: [try #require(SiteID(rawValue: "bergen"))], knownSite: nil, isClaimed: false,
            savedAlready: true,
            clockOffsetMilliseconds: -3_600_000)
        #expect(
            findings == [
                .productNotInCatalogue(product), .siteNotInCatalogue(site), .alreadySaved,
                .clockWrong(offsetMilliseconds: -3_600_000),
            ])
        #expect(!findings.contains { $0.blocks })
        #expect(findings.allSatisfy { $0.explanation.nextStep.hasSuffix(".") })
    }

    @Test func `a label that contradicts the product that was named is not saved`() {
        let router = Product(
            productID: ProductID(trusted: "router"), name: "Router", labelFields: ["gtin": "09501101530027"])
        let gateway = Product(
            productID: ProductID(trusted: "gateway"), name: "Gateway", labelFields: ["gtin": "09501101530003"]
        )
        func findings(_ fields: [String: String]) -> [CommissioningFinding] {
            CommissioningFinding.all(
                of: DeviceIdentity(product: router.productID, fields: fields), site: nil,
                products: [router, gateway], sites: [], knownSite: nil, isClaimed: false,
                savedAlready: false, clockOffsetMilliseconds: nil)
        }
        #expect(findings(["serial": "A-1", "gtin": "09501101530027"]).isEmpty)
        #expect(findings(["serial": "A-1"]).isEmpty)
        let other = findings(["serial": "A-1", "gtin": "09501101530003"])
        #expect(other == [.labelOfAnotherProduct(gateway.productID, named: router.productID)])
        #expect(other.contains { $0.blocks })
        #expect(
            findings(["serial": "A-1", "gtin": "09501101530034"])
                == [.labelOfAnotherProduct(nil, named: router.productID)])
    }
}
