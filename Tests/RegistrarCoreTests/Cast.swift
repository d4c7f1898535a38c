import Model
import RegistrarCore

/// The people, places and things that the rules are tried on.
enum Cast {
    static let now = Timestamp(milliseconds: 1_790_000_000_000)
    static let acme = TenantID(trusted: "acme")
    static let other = TenantID(trusted: "zebra")
    static let oslo = SiteID(trusted: "oslo-1")
    static let bergen = SiteID(trusted: "bergen-1")
    static let registrar = RegistrarID(trusted: "r-1")
    static let product = Product(
        productID: ProductID(trusted: "nl-ls1"), name: "Soil sensor", admission: .open)
    static let listedProduct = Product(productID: ProductID(trusted: "nl-gw1"), name: "Gateway")

    static func person(
        _ role: Role = .support, of tenants: [TenantID] = [acme], sites: [SiteID] = [],
        validUntil: Timestamp? = nil
    ) -> Operator {
        Operator(
            operatorID: OperatorID(trusted: "jk"), name: "JK", role: role, tenants: tenants, sites: sites,
            validUntil: validUntil)
    }

    static func identity(_ serial: String = "SN-1", product: Product? = product) -> DeviceIdentity {
        DeviceIdentity(product: product?.productID, fields: ["serial": serial])
    }

    static func operation(
        _ body: OperationBody, tenant: TenantID = acme, site: SiteID? = nil, sequence: Int = 1,
        predecessor: Operation.Predecessor? = nil, baseVersion: Int? = nil, supersedes: OperationID? = nil
    ) -> Operation {
        Operation(
            operationID: id(1), body: body, tenant: tenant, site: site,
            lane: .serial("SN-1", of: product.productID), laneSequence: sequence, predecessor: predecessor,
            baseVersion: baseVersion, operatorID: OperatorID(trusted: "jk"),
            store: StoreReference(storeID: StoreID(trusted: "s-1"), epoch: 1),
            capturedAt: CaptureTime(wall: now, bootID: "b", monotonicMilliseconds: 5), summary: "test",
            supersedes: supersedes)
    }

    static func claim(_ serial: String = "SN-1") -> OperationBody {
        .claim(OperationBody.Claim(identity: identity(serial)))
    }

    static func id(_ number: UInt8) -> OperationID {
        OperationID(milliseconds: 1, random: [UInt8](repeating: number, count: 10))
    }

    static func device(
        tenant: TenantID? = nil, site: SiteID? = nil, position: String? = nil, version: Int = 3,
        identity: DeviceIdentity = identity()
    ) -> DeviceRecord {
        DeviceRecord(
            deviceID: DeviceID(trusted: "d-1"), identifiers: identity.identifiers, identity: identity,
            state: tenant == nil ? .listed : .claimed, tenant: tenant, site: site, position: position,
            version: version, updatedAt: Timestamp(milliseconds: 0))
    }

    static func records(
        _ devices: DeviceRecord..., restrictedTo: TenantID? = nil, code: ClaimCodeVerdict = .notNeeded,
        product: Product? = product, lane: LaneRecord = LaneRecord(),
        request: CertificateRequestFacts? = nil, keyOwner: DeviceID? = nil
    ) -> Records {
        Records(
            devices: devices.map {
                KnownDevice(record: $0, registered: $0.identity, restrictedTo: restrictedTo)
            },
            claimCode: code, tenant: Tenant(tenantID: acme, name: "Acme"), sites: [oslo, bergen],
            product: product, lane: lane, certificateRequest: request, keyOwner: keyOwner)
    }

    static func decide(
        _ operation: Operation, by caller: Operator = person(), given records: Records
    ) -> Decision {
        RegistrarCore.decide(
            operation, by: caller, given: records,
            in: DecisionContext(
                now: now, registrar: registrar, newDeviceID: DeviceID(trusted: "d-new")))
    }
}

extension Decision {
    var effect: Effect? {
        if case .apply(let effect) = self { effect } else { nil }
    }

    var code: ProblemCode? {
        if case .refuse(let refusal) = self { refusal.problem.knownCode } else { nil }
    }

    var refusal: Refusal? {
        if case .refuse(let refusal) = self { refusal } else { nil }
    }
}
