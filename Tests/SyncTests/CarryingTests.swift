import Credentials
import Model
import Registrar
import Store
import Sync
import SyncCore
import TestSupport
import Testing
import Wire

/// Operators who share a tablet: one captures, the other's session sends.
@Suite struct CarryingTests {
    private let fixture: SyncFixture
    private let jo: TestSigner
    private let bo = OperatorID(trusted: "bo")
    private let boToken: Redacted<String>

    /// Jo has a key; Bo, who serves another tenant, has a session too.
    init() async throws {
        fixture = try await SyncFixture()
        jo = try TestSigner("jo")
        let other = TenantID(trusted: "other")
        try await SyncFixture.add(
            [Tenant(tenantID: other, name: "Other")], to: .tenants, of: fixture.registrar)
        try await SyncFixture.add(
            [Operator(operatorID: bo, name: "Bo", role: .installer, tenants: [other])], to: .operators,
            of: fixture.registrar)
        boToken = Redacted(try await fixture.registrar.pairing(for: bo, url: "").token)
        let owner = VaultOwner(fixture.profile.registrar, SyncFixture.jo)
        _ = try await fixture.store.keepKey(
            StoredOperatorKey(
                keyID: jo.keyID, owner: owner, publicKey: jo.publicKey,
                proof: try jo.key.sign(
                    OperatorKeyOffer.provenBytes(SyncFixture.jo, at: fixture.profile.registrar)),
                privateKey: try jo.key.pem, madeAt: fixture.clock.wall()), at: fixture.clock.wall())
    }

    /// Jo's session goes, Bo's comes.
    private func changeShift() async throws {
        let now = fixture.clock.wall()
        try await fixture.store.removeSession(fixture.profile.registrar, SyncFixture.jo, at: now)
        try await fixture.store.saveSession(
            Session(registrar: fixture.profile.registrar, operatorID: bo, token: boToken), at: now)
    }

    private func applied() async throws -> [AuditEntry] {
        let response = await fixture.registrar.handle(
            Route.audit(after: 0).request(), by: Registrar.localAdministrator)
        return try CanonicalJSON.decode(AuditPage.self, from: response.body).entries
            .filter { $0.action == "operation_applied" }
    }

    @Test func `a session makes its operator's key known before it sends the first operation`() async throws {
        try await fixture.save("A", signer: jo.signer)
        let summary = await fixture.sync(fixture.transport())
        #expect(summary.confirmed == 2 && summary.problems.isEmpty, "\(summary)")
        let paths = fixture.log.all.filter { $0.request.method == .post }.map(\.request.path)
        #expect(paths.first == "/v1/keys" && paths.count { $0 == "/v1/keys" } == 1)
        #expect(try await applied().allSatisfy { $0.detail["signedWith"] == jo.keyID.rawValue })
    }

    @Test func `what Jo signed goes with Bo's session, by Jo's rights, once the registrar has Jo's key`()
        async throws
    {
        _ = await fixture.sync(fixture.transport())
        try await fixture.save("A", signer: jo.signer)
        #expect(await fixture.sync(fixture.transport()).confirmed == 2)
        try await fixture.save("B", "C", signer: jo.signer)
        try await changeShift()
        let summary = await fixture.sync(fixture.transport())
        #expect(summary.confirmed == 4 && summary.needsYou == 0, "\(summary)")
        let carried = try await applied().filter { $0.detail["carriedBy"] == "bo" }
        #expect(carried.count == 4 && carried.allSatisfy { $0.actor == SyncFixture.jo })
    }

    @Test func `what is unsigned, or signed with a key that the registrar lacks, waits for Jo`() async throws
    {
        try await fixture.save("A", signer: jo.signer)
        try await changeShift()
        let summary = await fixture.sync(fixture.transport())
        #expect(summary.confirmed == 0)
        #expect(fixture.log.submissions.isEmpty)
        try await fixture.signIn(fixture.pairing.token)
        #expect(await fixture.sync(fixture.transport()).confirmed == 2)
        try await fixture.save("B")
        try await changeShift()
        #expect(await fixture.sync(fixture.transport()).confirmed == 0)
    }

    @Test func `Jo's key that was ended stops Jo's work, and Bo's session goes on`() async throws {
        try await fixture.save("A", signer: jo.signer)
        _ = await fixture.sync(fixture.transport())
        try await fixture.save("B", signer: jo.signer)
        let revoked = await fixture.registrar.handle(
            Route.revokeKey(jo.keyID).request(), by: Registrar.localAdministrator)
        #expect(revoked.status == 200)
        try await changeShift()
        let summary = await fixture.sync(fixture.transport())
        #expect(summary.confirmed == 0 && summary.needsYou == 1, "\(summary)")
        let refused = try await fixture.store.openEntries().compactMap(\.problem?.code)
        #expect(refused == [ProblemCode.signingKeyRevoked.rawValue])
        #expect(!summary.problems.contains { $0.id == "signed_out" })
    }

    @Test func `killed between the registrar's answer and the note of it, the key is offered again`()
        async throws
    {
        try await fixture.save("A", signer: jo.signer)
        let cut = fixture.transport { request, onward in
            guard request.path == "/v1/keys" else { return await onward() }
            _ = await onward()
            return .interrupted(.timedOut)
        }
        #expect(await fixture.sync(cut).confirmed == 0)
        #expect(await fixture.sync(fixture.transport()).confirmed == 2)
        #expect(try await applied().count == 2)
    }
}
