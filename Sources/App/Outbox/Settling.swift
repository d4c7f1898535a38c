import Model
import Processes
import Store

/// A person's decisions about operations and devices, as the commands and the full screen both make them. Each returns
/// once it is committed.
struct Settling: Sendable {
    let companion: Companion

    private var now: Timestamp { companion.surroundings.now() }

    /// Sends it again now.
    func retry(_ id: OperationID) async throws {
        let (session, _) = try await companion.session()
        try await companion.store.decide(id, .retry, by: session.operatorID, at: now)
    }

    @discardableResult
    func withdraw(_ id: OperationID, reason: String) async throws -> OutboxEntry {
        let (session, _) = try await companion.session()
        return try await companion.store.decide(
            id, .withdraw(reason: reason), by: session.operatorID, at: now)
    }

    /// The registrar's version stands, and this operation is closed.
    @discardableResult
    func takeTheirs(_ id: OperationID) async throws -> OutboxEntry {
        try await withdraw(id, reason: "the registrar's version stands")
    }

    /// A new operation with the same intent, made on top of what the registrar has now, takes its place.
    func takeMine(_ entry: OutboxEntry) async throws -> OperationID {
        let (session, _) = try await companion.session()
        let operation = try await companion.store.frozen(entry.operationID).operation
        let device = try await companion.store.device(entry.lane)
        let id = companion.surroundings.makeOperationID()
        let intent = Intent(
            body: operation.body, tenant: operation.tenant, site: operation.site, job: operation.job,
            lane: operation.lane, baseVersion: device?.version, operatorID: session.operatorID,
            capturedAt: try await companion.captureTime(), summary: operation.summary,
            supersedes: entry.operationID)
        try await companion.store.accept(
            [(id, intent)], signer: try await companion.signer(session), at: now)
        return id
    }

    /// An operation about a device that is known: a release, a note, a request for a certificate.
    func add(_ body: OperationBody, to device: StoredDevice, tenant: TenantID) async throws -> OperationID {
        let (session, registrar) = try await companion.session()
        let id = companion.surroundings.makeOperationID()
        let intent = Intent(
            body: body, tenant: tenant, site: device.site, lane: device.lane,
            operatorID: session.operatorID, capturedAt: try await companion.captureTime(),
            summary: Summary.of(body, device: device.identity.displayName), registrar: registrar.registrar)
        try await companion.store.accept(
            [(id, intent)], signer: try await companion.signer(session), at: now)
        return id
    }

    /// Everything open as JSON Lines, and how many that are.
    func exported() async throws -> (lines: [UInt8], count: Int) {
        let operations = try await companion.store.exportOutbox()
        let lines = try operations.map { try CanonicalJSON.text($0) + "\n" }
        return (Array(lines.joined().utf8), operations.count)
    }
}
