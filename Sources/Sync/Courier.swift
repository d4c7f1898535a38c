import Model
import Store
import SyncCore
import Wire

/// Carries out one exchange with a registrar and brings back what it means. It decides nothing and tries nothing twice.
struct Courier: Sendable {
    let registrar: RegistrarID
    let store: Store
    let transport: any Transport
    let check: ReceiptCheck
    let clock: SyncClock

    func greet(_ request: RequestID) async -> SyncEvent {
        let sentAt = (wall: clock.wall(), monotonic: clock.monotonic())
        let outcome = await transport.send(Route.hello.request())
        let roundTrip = clock.monotonic().milliseconds(since: sentAt.monotonic)
        let answer = ReplyReader.read(Hello.self, from: outcome)
        if case .value(let hello) = answer, hello.registrar == registrar {
            let middle = sentAt.wall.milliseconds + roundTrip / 2
            let offset = ClockOffset(
                offsetMilliseconds: hello.serverTime.milliseconds - middle,
                errorMilliseconds: (roundTrip + 1) / 2, measuredAt: sentAt.wall)
            // Evidence for capture times only: work is sent without it too.
            try? await store.noteClockOffset(offset, bootID: clock.bootID)
        }
        return .greeted(request, answer)
    }

    /// The tenants that the registrar lets an operator choose from; empty when it does not say.
    func tenants(token: Redacted<String>) async -> [TenantID] {
        let outcome = await transport.send(Route.list(.tenants).request(token: token))
        guard case .value(let list) = ReplyReader.read(Items<Tenant>.self, from: outcome) else { return [] }
        return list.items.map(\.tenantID)
    }

    /// Sends operations in the name of a signed-in operator: her own, and those of others that these have signed.
    func submit(
        _ request: RequestID, _ ids: [OperationID], as operatorID: OperatorID, token: Redacted<String>
    ) async -> SyncEvent {
        let keyring = Keyring(owner: VaultOwner(registrar, operatorID), store: store, transport: transport)
        switch await keyring.register(token: token, at: clock.wall()) {
        case .done: break
        case .problem(let problem): return .submitted(request, .problem(problem))
        case .trouble(let trouble): return .submitted(request, .trouble(trouble))
        }
        var items: [Submission.Item] = []
        var sent: [OperationID: PayloadHash] = [:]
        var damaged: [OperationID: OperationVerdict] = [:]
        for id in ids {
            do {
                let frozen = try await store.frozen(id)
                items.append(Submission.Item(frozen, signature: try await store.signature(id)))
                sent[id] = frozen.payloadHash
            } catch {
                // Bytes that are not those which were accepted never leave the machine.
                let problem = Problem(
                    .operationMalformed, detail: error.explanation.what,
                    nextStep: error.explanation.nextStep)
                damaged[id] = .problem(problem)
            }
        }
        guard !items.isEmpty, let body = try? CanonicalJSON.encode(Submission(operations: items)) else {
            return .submitted(request, .value(damaged))
        }
        let outcome = await transport.send(Route.submitOperations.request(token: token, body: body))
        switch ReplyReader.read(SubmissionReply.self, from: outcome) {
        case .value(let reply):
            let verdicts = check.verdicts(reply, sent: sent).merging(damaged) { verdict, _ in verdict }
            await keyring.noteUnknown(in: items, verdicts, at: clock.wall())
            return .submitted(request, .value(verdicts))
        case .problem(let problem): return .submitted(request, .problem(problem))
        case .trouble(let trouble): return .submitted(request, .trouble(trouble))
        }
    }

    func askStatus(_ request: RequestID, _ id: OperationID, token: Redacted<String>) async -> SyncEvent {
        let outcome = await transport.send(Route.operation(id).request(token: token))
        switch ReplyReader.read(OperationResult.self, from: outcome) {
        case .value(let result):
            guard let frozen = try? await store.frozen(id) else {
                return .statusAnswered(request, .value(.missing))
            }
            let verdict = check.verdict(result, operationID: id, payloadHash: frozen.payloadHash)
            return .statusAnswered(request, .value(verdict))
        case .problem(let problem): return .statusAnswered(request, .problem(problem))
        case .trouble(let trouble): return .statusAnswered(request, .trouble(trouble))
        }
    }

    func pull(_ request: RequestID, _ tenant: TenantID, token: Redacted<String>) async -> SyncEvent {
        let cursor: String?
        do { cursor = try await store.cursor(registrar, tenant) } catch {
            return .changesPulled(request, .problem(Self.problem(error)))
        }
        let route = Route.changes(cursor: cursor, tenant: tenant)
        let outcome = await transport.send(route.request(token: token))
        switch ReplyReader.read(Changes.self, from: outcome) {
        case .value(let changes):
            do {
                try await store.apply(changes, registrar: registrar, tenant: tenant, at: clock.wall())
            } catch { return .changesPulled(request, .problem(Self.problem(error))) }
            let page = PulledPage(
                more: changes.more && changes.nextCursor != cursor,
                mayAdmit: changes.catalogue != nil || changes.devices.contains { $0.state == .listed })
            return .changesPulled(request, .value(page))
        case .problem(let problem): return .changesPulled(request, .problem(problem))
        case .trouble(let trouble): return .changesPulled(request, .trouble(trouble))
        }
    }

    /// A failure of the store, in the form in which the engine takes a page that could not be kept.
    private static func problem(_ error: StoreError) -> Problem {
        var problem = Problem(
            .unavailable, detail: error.explanation.what, nextStep: error.explanation.nextStep)
        problem.code = error.explanation.id
        return problem
    }
}
