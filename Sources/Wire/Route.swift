package import Model

/// Every address of the registrar's API: the one definition that client, server and API document share.
package enum Route: Equatable, Sendable {
    case hello
    case openAPI
    /// The certificates of devices that are trusted no longer, for whoever checks certificates.
    case revocationList
    /// The certificate of the authority that issues to devices, for whoever has only a device's.
    case issuingCertificate
    /// An OCSP request in the body, for whoever asks about single certificates. Source: RFC 6960, appendix A.
    case certificateStatus
    /// The same request in the path, base64, as caches between can keep the answer.
    case certificateStatusOf(request: [UInt8])
    case submitOperations
    case operation(OperationID)
    case changes(cursor: String?, tenant: TenantID)
    case findDevices(query: String, tenant: TenantID?)
    case device(DeviceID)
    case deviceHistory(DeviceID)
    /// A certificate by which one device may provision itself; good for minutes.
    case provisioningClaim(DeviceID)
    /// Where a device would be provisioned; nothing is changed.
    case placement(PlacementQuery)
    case audit(after: Int)
    case list(Collection)
    case add(Collection)
    /// Takes a job out of what tablets are offered; its history stays.
    case closeJob(JobID, tenant: TenantID)
    /// Gives a product other content: `Replacement<Product>` in the body.
    case changeProduct(ProductID)
    /// Makes a key known that the caller signs operations with.
    case registerKey
    /// Begins a session with a password. Open: whoever asks has no token yet.
    case signIn
    /// Ends the session whose token is shown.
    case signOut
    case operatorKeys(OperatorID)
    /// Ends a key: nothing that it signed is taken any more.
    case revokeKey(OperatorKeyID)

    /// The administered things, each a collection that is listed by GET and added to by POST.
    package enum Collection: String, CaseIterable, Sendable {
        case tenants, sites, products, operators
        /// The delivery list: devices that may be claimed.
        case deliveries
        /// Open work orders.
        case jobs
    }

    /// Whether the route answers without a token.
    package var isOpen: Bool {
        switch self {
        case .hello, .openAPI, .revocationList, .issuingCertificate, .certificateStatus,
            .certificateStatusOf, .signIn:
            true
        case .submitOperations, .operation, .changes, .findDevices, .device, .deviceHistory,
            .provisioningClaim, .placement, .audit, .list, .add, .closeJob, .changeProduct, .registerKey,
            .operatorKeys, .revokeKey, .signOut:
            false
        }
    }

    /// The request that reaches this route.
    package func request(token: Redacted<String>? = nil, body: [UInt8] = []) -> APIRequest {
        let (path, query) = address
        return APIRequest(method: method, path: "/v1/" + path, query: query, token: token, body: body)
    }

    private var method: APIRequest.Method {
        switch self {
        case .submitOperations, .add, .closeJob, .changeProduct, .certificateStatus, .registerKey, .revokeKey,
            .signIn, .signOut, .provisioningClaim:
            .post
        case .hello, .openAPI, .revocationList, .issuingCertificate, .certificateStatusOf, .operation,
            .changes, .findDevices, .device, .deviceHistory, .placement, .audit, .list, .operatorKeys:
            .get
        }
    }

    private var address: (path: String, query: [QueryItem]) {
        switch self {
        case .hello: ("hello", [])
        case .openAPI: ("openapi.json", [])
        case .revocationList: ("crl", [])
        case .issuingCertificate: ("ca", [])
        case .certificateStatus: ("ocsp", [])
        case .certificateStatusOf(let request):
            ("ocsp/" + PercentEncoding.encode(Base64.encode(request)), [])
        case .submitOperations: ("operations", [])
        case .operation(let id): ("operations/\(id)", [])
        case .changes(let cursor, let tenant):
            (
                "changes",
                [QueryItem("tenant", tenant.rawValue)] + (cursor.map { [QueryItem("cursor", $0)] } ?? [])
            )
        case .findDevices(let query, let tenant):
            (
                "devices",
                [QueryItem("query", query)] + (tenant.map { [QueryItem("tenant", $0.rawValue)] } ?? [])
            )
        case .device(let id): ("devices/\(id)", [])
        case .deviceHistory(let id): ("devices/\(id)/history", [])
        case .provisioningClaim(let id): ("devices/\(id)/provisioning-claim", [])
        case .placement(let query): ("placement", query.items)
        case .audit(let after): ("audit", [QueryItem("after", String(after))])
        case .list(let collection), .add(let collection): (collection.rawValue, [])
        case .closeJob(let id, let tenant):
            ("jobs/\(id)/close", [QueryItem("tenant", tenant.rawValue)])
        case .changeProduct(let id): ("products/\(id)", [])
        case .registerKey: ("keys", [])
        case .signIn: ("sign-in", [])
        case .signOut: ("sign-out", [])
        case .operatorKeys(let id): ("operators/\(id)/keys", [])
        case .revokeKey(let id): ("keys/\(id)/revoke", [])
        }
    }
}

extension Route {
    /// Finds the route of a request.
    ///
    /// - Throws: `Problem` with `not_found`, `method_not_allowed` or `request_malformed`.
    package init(_ request: APIRequest) throws(RouteError) {
        let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
            .map(PercentEncoding.decode)
        guard parts.first == "v1", parts.count >= 2, let name = parts[1] else {
            throw RouteError(problem: Problem(.notFound))
        }
        let rest = Array(parts.dropFirst(2))
        let route = try Self.find(name, rest, request)
        guard route.method == request.method else { throw RouteError(problem: Problem(.methodNotAllowed)) }
        self = route
    }

    private static func find(
        _ name: String, _ rest: [String?], _ request: APIRequest
    ) throws(RouteError) -> Route {
        func value(_ name: String) -> String? { request.query.first { $0.name == name }?.value }
        switch (name, rest.count) {
        case ("hello", 0): return .hello
        case ("openapi.json", 0): return .openAPI
        case ("crl", 0): return .revocationList
        case ("ca", 0): return .issuingCertificate
        case ("ocsp", 0): return .certificateStatus
        case ("ocsp", _): return try certificateStatus(rest)
        case ("operations", 0): return .submitOperations
        case ("operations", 1): return .operation(try identifier(rest[0]))
        case ("changes", 0): return .changes(cursor: value("cursor"), tenant: try identifier(value("tenant")))
        case ("devices", 0):
            let tenant: TenantID? = if let text = value("tenant") { try identifier(text) } else { nil }
            return .findDevices(query: value("query") ?? "", tenant: tenant)
        case ("devices", 1): return .device(try identifier(rest[0]))
        case ("devices", 2) where rest[1] == "history": return .deviceHistory(try identifier(rest[0]))
        case ("devices", 2) where rest[1] == "provisioning-claim":
            return .provisioningClaim(try identifier(rest[0]))
        case ("placement", 0): return .placement(try placement(value))
        case ("jobs", 2) where rest[1] == "close":
            return .closeJob(try identifier(rest[0]), tenant: try identifier(value("tenant")))
        case ("products", 1): return .changeProduct(try identifier(rest[0]))
        case ("keys", 0): return .registerKey
        case ("sign-in", 0): return .signIn
        case ("sign-out", 0): return .signOut
        case ("keys", 2) where rest[1] == "revoke": return .revokeKey(try identifier(rest[0]))
        case ("operators", 2) where rest[1] == "keys": return .operatorKeys(try identifier(rest[0]))
        case ("audit", 0):
            guard let after = Int(value("after") ?? "0"), after >= 0 else {
                throw RouteError(
                    problem: Problem(.requestMalformed, detail: "`after` must be a number from 0 up."))
            }
            return .audit(after: after)
        case (_, 0):
            guard let collection = Collection(rawValue: name) else { break }
            return request.method == .post ? .add(collection) : .list(collection)
        case (_, _): break
        }
        throw RouteError(problem: Problem(.notFound))
    }

    private static func placement(
        _ value: (String) -> String?
    ) throws(RouteError) -> PlacementQuery {
        guard let serial = value("serial"), (1...PlacementQuery.limitSerialBytes).contains(serial.utf8.count)
        else {
            throw RouteError(
                problem: Problem(
                    .requestMalformed,
                    detail: "`serial` must have 1 to \(PlacementQuery.limitSerialBytes) bytes."))
        }
        var query = PlacementQuery(tenant: try identifier(value("tenant")), serial: serial)
        if let site = value("site") { query.site = try identifier(site) }
        if let product = value("product") { query.product = try identifier(product) }
        return query
    }

    /// Base64 has slashes of its own, which not everybody encodes.
    private static func certificateStatus(_ rest: [String?]) throws(RouteError) -> Route {
        guard let request = Base64.decode(rest.map { $0 ?? "?" }.joined(separator: "/")) else {
            throw RouteError(
                problem: Problem(.requestMalformed, detail: "The request in the path must be base64."))
        }
        return .certificateStatusOf(request: request)
    }

    private static func identifier<ID: Identifier>(_ text: String?) throws(RouteError) -> ID {
        guard let text, let identifier = ID(rawValue: text) else {
            throw RouteError(problem: Problem(.requestMalformed, detail: "\(ID.self) must be \(ID.rule)."))
        }
        return identifier
    }
}

/// Why a request reaches no route.
package struct RouteError: Error, Equatable {
    package var problem: Problem
}
