import Credentials
import Model
import RegistrarCore
import RegistrarStore
import Wire

extension Registrar {
    /// An administered list, as far as the caller may see it.
    func list(
        _ collection: Route.Collection, seenBy caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> APIResponse {
        switch collection {
        case .tenants:
            let tenants = try await ask { store in try await store.tenants() }
            return .json(
                Items(
                    items: tenants.filter {
                        caller.role == .admin || caller.tenants.contains($0.tenantID)
                    }))
        case .sites:
            let sites = try await ask { store in try await store.sites() }
            return .json(Items(items: sites.filter { caller.sees($0, at: now) }))
        case .products: return .json(Items(items: try await ask { store in try await store.products() }))
        case .operators:
            try Self.check(.administer, caller, now)
            return .json(Items(items: try await ask { store in try await store.operators() }))
        case .deliveries:
            try Self.check(.administer, caller, now)
            return .json(Items(items: try await ask { store in try await store.listedDevices() }))
        case .jobs:
            let jobs = try await ask { store in try await store.jobs() }
            return .json(Items(items: jobs.filter { caller.sees($0, at: now) }))
        }
    }

    /// Adds what a body lists: all of it, or nothing.
    func add(
        to collection: Route.Collection, _ body: [UInt8], by caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> APIResponse {
        // Jobs are planned by those who serve the tenant; everything else is the administrator's.
        if collection == .jobs { return try await addJobs(body, by: caller, at: now) }
        try Self.check(.administer, caller, now)
        let actor = caller.operatorID
        switch collection {
        case .tenants:
            let items: Items<Tenant> = try Self.items(body)
            try await ask { store in try await store.add(items.items, by: actor, at: now) }
            return .json(items)
        case .sites:
            let items: Items<Site> = try Self.items(body)
            try await ask { store in try await store.add(items.items, by: actor, at: now) }
            return .json(items)
        case .products:
            let items: Items<Product> = try Self.items(body)
            if let fault = items.items.lazy.compactMap(\.fault).first {
                throw RequestFailure(Problem(.requestMalformed, detail: fault))
            }
            try await ask { store in try await store.add(items.items, by: actor, at: now) }
            return .json(items)
        case .operators:
            let items: Items<Operator> = try Self.items(body)
            try await checkTenants(of: items.items)
            try await ask { store in try await store.add(items.items, by: actor, at: now) }
            var issued: [IssuedOperator] = []
            for person in items.items {
                let token = try await issueToken(for: person.operatorID, by: actor, at: now)
                issued.append(IssuedOperator(operator: person, token: token.unredacted))
            }
            return .json(Items(items: issued))
        case .deliveries:
            let items: Items<Delivery> = try Self.items(body)
            let arrived = items.items.map(arrival)
            let devices = try await ask { store in try await store.add(arrived, by: actor, at: now) }
            return .json(Items(items: devices))
        case .jobs: return try await addJobs(body, by: caller, at: now)
        }
    }

    static func items<Item>(_ body: [UInt8]) throws(RequestFailure) -> Items<Item> {
        let items: Items<Item> = try read(body)
        guard items.items.count <= RegistrarLimits.itemsPerRequest else {
            throw RequestFailure(Problem(.requestTooLarge))
        }
        return items
    }

    /// An operator of a tenant that does not exist would see nothing and could do nothing.
    private func checkTenants(of operators: [Operator]) async throws(RequestFailure) {
        let known = Set(try await ask { store in try await store.tenants() }.map(\.tenantID))
        for person in operators {
            for tenant in person.tenants where !known.contains(tenant) {
                throw RequestFailure(Problem(.unknownTenant, detail: "There is no tenant \(tenant)."))
            }
            guard person.role == .admin || !person.tenants.isEmpty else {
                throw RequestFailure(
                    Problem(.requestMalformed, detail: "Operator \(person.operatorID) needs a tenant."))
            }
        }
    }

    /// A new token for an operator: 32 random bytes, of which only the SHA-256 is kept.
    func issueToken(
        for person: OperatorID, by actor: OperatorID?, at now: Timestamp
    ) async throws(RequestFailure) -> Redacted<String> {
        let (token, hash) = newToken()
        try await ask { store in try await store.addToken(hash: hash, for: person, by: actor, at: now) }
        return token
    }

    func newToken() -> (token: Redacted<String>, hash: PayloadHash) {
        let token = "mt_" + Base64.encodeURL(environment.random(32))
        return (Redacted(token), PayloadHash(digest: Digest.sha256(Array(token.utf8))))
    }

    private func arrival(_ delivery: Delivery) -> ArrivedDelivery {
        ArrivedDelivery(
            deviceID: Self.newDeviceID(environment), identity: delivery.identity, tenant: delivery.tenant,
            claimCode: delivery.claimCode.map {
                ClaimCodeVerifier(
                    code: Redacted($0), salt: environment.random(ClaimCodeVerifier.saltBytes),
                    key: keys.claimCode, digest: Digest.sha256)
            })
    }
}
