import Credentials
package import Model
import RegistrarCore
import RegistrarStore
package import Wire

extension Registrar {
    /// Answers one request of somebody who shows a token. Never throws: what goes wrong is a problem document.
    package func handle(_ request: APIRequest) async -> APIResponse {
        await answering { () throws(RequestFailure) in
            let route = try Self.route(request)
            if route == .signIn {
                return .json(
                    try await self.signIn(
                        request.secretBody?.bytes.copied.unredacted ?? request.body,
                        from: SignInOrigin(request)))
            }
            if route.isOpen { return try await self.answerOpen(route, request) }
            guard let token = request.token else { throw RequestFailure(Problem(.signedOut)) }
            let caller = try await self.caller(token, request.certificateHash)
            return try await self.answer(route, request, caller)
        }
    }

    /// Who shows the token. One that was issued to a tablet is good with that tablet's certificate alone.
    private func caller(
        _ token: Redacted<String>, _ certificate: PayloadHash?
    ) async throws(RequestFailure) -> Operator {
        let hash = PayloadHash(digest: Digest.sha256(Array(token.unredacted.utf8)))
        let now = environment.now()
        guard let found = try await ask({ store in try await store.caller(tokenHash: hash, at: now) }) else {
            throw RequestFailure(Problem(.signedOut))
        }
        guard let tablet = found.boundTo else {
            guard !policy.requiresBoundTokens else {
                throw RequestFailure(
                    Problem(.signedOut, detail: "This registrar takes sign-ins only, and no pairing files."))
            }
            return found.person
        }
        guard tablet == certificate else {
            try await ask { store in
                try await store.noteForeignToken(of: found.person.operatorID, at: now)
            }
            throw RequestFailure(
                Problem(.signedOut, detail: "This sign-in belongs to another tablet."))
        }
        return found.person
    }

    /// Answers one request of a caller who is known, such as `localAdministrator`.
    package func handle(_ request: APIRequest, by caller: Operator) async -> APIResponse {
        await answering { () throws(RequestFailure) in
            try await self.answer(try Self.route(request), request, caller)
        }
    }

    private func answering(
        _ body: () async throws(RequestFailure) -> APIResponse
    ) async -> APIResponse {
        do { return try await body() } catch { return .problem(error.problem) }
    }

    private static func route(_ request: APIRequest) throws(RequestFailure) -> Route {
        guard request.body.count <= RegistrarLimits.bytesPerRequest else {
            throw RequestFailure(Problem(.requestTooLarge))
        }
        do { return try Route(request) } catch { throw RequestFailure(error.problem) }
    }

    private func answerOpen(_ route: Route, _ request: APIRequest) async throws(RequestFailure) -> APIResponse
    {
        switch route {
        case .hello: return .json(try hello())
        case .openAPI:
            guard !apiDocument.isEmpty else { throw RequestFailure(Problem(.notFound)) }
            return APIResponse(status: 200, contentType: "application/json", body: apiDocument)
        case .revocationList:
            return APIResponse(
                status: 200, contentType: "application/pkix-crl", body: try await revocationList())
        case .issuingCertificate:
            return APIResponse(
                status: 200, contentType: "application/pkix-cert", body: keys.issuing.certificate.der)
        case .certificateStatus: return try await certificateStatus(request.body)
        case .certificateStatusOf(let question): return try await certificateStatus(question)
        case .submitOperations, .operation, .changes, .findDevices, .device, .deviceHistory,
            .provisioningClaim, .placement, .audit, .list, .add, .closeJob, .changeProduct, .registerKey,
            .operatorKeys, .revokeKey, .signIn, .signOut:
            throw RequestFailure(Problem(.signedOut))
        }
    }

    private func answer(
        _ route: Route, _ request: APIRequest, _ caller: Operator
    ) async throws(RequestFailure) -> APIResponse {
        let now = environment.now()
        if let end = caller.validUntil, now >= end {
            throw RequestFailure(Problem(.signedOut, detail: "The permission of this operator has ended."))
        }
        switch route {
        case .hello, .openAPI, .revocationList, .issuingCertificate, .certificateStatus,
            .certificateStatusOf:
            return try await answerOpen(route, request)
        case .submitOperations: return .json(try await submit(request.body, by: caller, at: now))
        case .operation(let id): return .json(try await operation(id, seenBy: caller, at: now))
        case .changes(let cursor, let tenant):
            try Self.check(.follow(tenant), caller, now)
            return .json(
                try await ask { store in
                    try await store.changes(of: tenant, since: cursor, seenBy: caller, at: now)
                })
        case .findDevices(let text, let tenant):
            try Self.checkBrowsing(caller, tenant, now)
            return .json(
                try await ask { store in
                    try await store.findDevices(text, tenant: tenant, seenBy: caller, at: now)
                })
        case .device(let id):
            return .json(
                try await known { store in try await store.device(id, seenBy: caller, at: now) })
        case .deviceHistory(let id):
            return .json(
                try await known { store in try await store.history(of: id, seenBy: caller, at: now) })
        case .provisioningClaim(let id):
            return .json(try await provisioningClaim(of: id, request.body, by: caller, at: now))
        case .placement(let query): return .json(try await placement(query, for: caller, at: now))
        case .audit(let after): return .json(try await audit(after: after, seenBy: caller, at: now))
        case .list(let collection): return try await list(collection, seenBy: caller, at: now)
        case .add(let collection): return try await add(to: collection, request.body, by: caller, at: now)
        case .closeJob(let id, let tenant):
            return try await closeJob(id, of: tenant, by: caller, at: now)
        case .changeProduct(let id):
            return .json(try await changeProduct(id, request.body, by: caller, at: now))
        case .signIn:
            return .json(
                try await signIn(
                    request.secretBody?.bytes.copied.unredacted ?? request.body, from: SignInOrigin(request)))
        case .signOut:
            try await signOut(request.token, by: caller, at: now)
            return .json(Done())
        case .registerKey: return .json(try await registerKey(request.body, by: caller, at: now))
        case .operatorKeys(let id): return .json(try await keys(of: id, seenBy: caller, at: now))
        case .revokeKey(let id): return .json(try await revokeKey(id, by: caller, at: now))
        }
    }

    static func check(_ permission: Permission, _ caller: Operator, _ now: Timestamp) throws(RequestFailure) {
        if let problem = authorise(permission, of: caller, at: now) { throw RequestFailure(problem) }
    }

    /// Searching needs the right to browse somewhere; what is found is filtered device by device.
    private static func checkBrowsing(
        _ caller: Operator, _ tenant: TenantID?, _ now: Timestamp
    ) throws(RequestFailure) {
        if let tenant { return try check(.browse(tenant, .anywhere), caller, now) }
        guard caller.role != .installer else { throw RequestFailure(Problem(.notAuthorised)) }
    }

    private func hello() throws(RequestFailure) -> Hello {
        do throws(CredentialsError) {
            return Hello(
                registrar: registrar, name: name, serverTime: environment.now(),
                receiptKeys: [try keys.receiptKeyID: Base64.encodeURL(try keys.receipt.publicKey)],
                sealingKeyID: try keys.sealingKeyID,
                sealingKey: Base64.encodeURL(try keys.sealing.publicKey),
                kinds: OperationBody.Kind.allCases.map(\.rawValue),
                limits: Hello.Limits(
                    operationsPerBatch: RegistrarLimits.operationsPerBatch,
                    bytesPerRequest: RegistrarLimits.bytesPerRequest))
        } catch { throw RequestFailure(Problem(.unavailable)) }
    }

    private func audit(
        after: Int, seenBy caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> AuditPage {
        guard caller.role == .admin || caller.role == .auditor else {
            throw RequestFailure(Problem(.notAuthorised))
        }
        let entries = try await ask { store in
            try await store.auditEntries(after: after, limit: RegistrarLimits.entriesPerPage + 1)
        }
        let page = entries.prefix(RegistrarLimits.entriesPerPage)
        let visible = page.filter { entry in
            guard caller.role != .admin else { return true }
            return entry.detail["tenant"].flatMap(TenantID.init(rawValue:)).map {
                authorise(.audit($0), of: caller, at: now) == nil
            } ?? false
        }
        return AuditPage(entries: visible, more: entries.count > page.count)
    }

    /// Asks the store; what it refuses is the answer, and everything else that fails is `unavailable`.
    func ask<Value: Sendable>(
        _ body: (RegistrarStore) async throws -> Value
    ) async throws(RequestFailure) -> Value {
        do { return try await body(store) } catch {
            guard let failure = error as? RegistrarStoreError, case .refused(let problem) = failure else {
                throw RequestFailure(
                    Problem(.unavailable, detail: (error as? any Explained)?.explanation.what))
            }
            throw RequestFailure(problem)
        }
    }

    private func known<Value: Sendable>(
        _ body: (RegistrarStore) async throws -> Value?
    ) async throws(RequestFailure) -> Value {
        guard let value = try await ask(body) else { throw RequestFailure(Problem(.notFound)) }
        return value
    }
}

/// Why a request as a whole is answered with a problem.
struct RequestFailure: Error {
    var problem: Problem

    init(_ problem: Problem) {
        self.problem = problem
    }
}
