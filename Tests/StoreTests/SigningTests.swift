import Credentials
import Model
import Store
import TestSupport
import Testing

private typealias Fixture = StoreFixture

/// Signatures made when operations are accepted, and the keys that make them.
@Suite struct SigningTests {
    private let fixture: StoreFixture
    private let jo: TestSigner
    private let owner = VaultOwner(Fixture.registrar, Fixture.jo)

    init() throws {
        fixture = try StoreFixture()
        jo = try TestSigner("jo")
    }

    private func key(_ signer: TestSigner, open: Bool = true) throws -> StoredOperatorKey {
        StoredOperatorKey(
            keyID: signer.keyID, owner: owner, publicKey: signer.publicKey, proof: [1, 2],
            privateKey: open ? try signer.key.pem : nil, madeAt: Fixture.start)
    }

    @Test func `the signature is over the frozen bytes and is never edited`() async throws {
        let id = Fixture.id(1)
        try await fixture.store.accept([(id, Fixture.claim(1))], signer: jo.signer, at: Fixture.start)
        let signature = try #require(try await fixture.store.signature(id))
        let frozen = try await fixture.store.frozen(id)
        #expect(signature.keyID == jo.keyID)
        let value = try #require(Base64.decodeURL(signature.value))
        let verifying = try VerifyingKey(raw: jo.publicKey)
        #expect(
            verifying.isValid(signature: value, for: OperationSignature.signedBytes(frozen.payload)))
        #expect(!verifying.isValid(signature: value, for: frozen.payload))
        // The same operation unsigned has the same bytes.
        let other = try StoreFixture()
        try await other.store.accept([(id, Fixture.claim(1))], at: Fixture.start)
        #expect(try await other.store.frozen(id) == frozen)
        #expect(try await other.store.signature(id) == nil)
    }

    @Test func `when the key does not sign, nothing of the batch is saved`() async throws {
        struct Broken: Error {}
        let broken = OperationSigner(operatorID: Fixture.jo, keyID: jo.keyID) { _ in throw Broken() }
        await #expect(throws: StoreError.notSigned(Fixture.id(1))) {
            try await fixture.store.accept(
                [(Fixture.id(1), Fixture.claim(1))], signer: broken, at: Fixture.start)
        }
        #expect(try await fixture.store.counts().all == 0)
    }

    @Test func `nobody signs what another operator did`() async throws {
        let other = try TestSigner("bo")
        try await fixture.store.accept(
            [(Fixture.id(1), Fixture.claim(1))], signer: other.signer, at: Fixture.start)
        #expect(try await fixture.store.signature(Fixture.id(1)) == nil)
    }

    @Test func `a signature travels with its operation to another store`() async throws {
        try await fixture.store.accept(
            [(Fixture.id(1), Fixture.claim(1)), (Fixture.id(2), Fixture.claim(2))], signer: jo.signer,
            at: Fixture.start)
        let text = try CanonicalJSON.encode(try await fixture.store.exportOutbox())
        let target = try StoreFixture()
        let read = try CanonicalJSON.decode([ExportedOperation].self, from: text)
        #expect(try await target.store.importOutbox(read, by: Fixture.jo, at: Fixture.start) == 2)
        for id in [Fixture.id(1), Fixture.id(2)] {
            let (there, here) = (
                try await fixture.store.signature(id), try await target.store.signature(id)
            )
            #expect(there != nil && there == here)
        }
        // The key was made elsewhere, where it is registered: others may send what it signed.
        #expect(try await target.store.sendableByOthers() == [Fixture.id(1), Fixture.id(2)])
    }

    @Test func `others send only what is signed with a key that the registrar has`() async throws {
        let store = fixture.store
        _ = try await store.keepKey(try key(jo), at: Fixture.start)
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], signer: jo.signer, at: Fixture.start)
        try await store.accept([(Fixture.id(2), Fixture.claim(2))], at: Fixture.start)
        #expect(try await store.sendableByOthers().isEmpty)
        #expect(try await store.unregisteredKeys(owner).map(\.keyID) == [jo.keyID])
        try await store.noteRegistration(of: jo.keyID, registeredAt: Fixture.start, at: Fixture.start)
        #expect(try await store.sendableByOthers() == [Fixture.id(1)])
        #expect(try await store.unregisteredKeys(owner).isEmpty)
        try await store.noteRegistration(of: jo.keyID, registeredAt: nil, at: Fixture.start)
        #expect(try await store.sendableByOthers().isEmpty)
        #expect(try await store.verifyAudit() == nil)
    }

    @Test func `of two keys that are made together one is kept`() async throws {
        let other = try TestSigner("jo")
        let first = try await fixture.store.keepKey(try key(jo), at: Fixture.start)
        let second = try await fixture.anotherStore().keepKey(try key(other), at: Fixture.start)
        #expect(first == second && first.keyID == jo.keyID && first.privateKey != nil)
    }

    @Test func `with the vault the private half leaves the store, without it the key signs nothing more`()
        async throws
    {
        let store = fixture.store
        try await store.saveRegistrar(
            RegistrarProfile(
                registrar: Fixture.registrar, name: "Hub", receiptKeys: [:], sealingKeyID: "k",
                sealingKey: ""), at: Fixture.start)
        _ = try await store.keepKey(try key(jo), at: Fixture.start)
        try await store.saveVault(owner, wrapping: [1], secrets: [], at: Fixture.start)
        let kept = try #require(try await store.operatorKey(owner))
        #expect(kept.privateKey == nil && kept.keyID == jo.keyID)
        try await store.removeVault(owner, at: Fixture.start)
        #expect(try await store.operatorKey(owner) == nil)
        // What it signed may wait to be sent: the registrar still has to hear of it.
        #expect(try await store.unregisteredKeys(owner).map(\.keyID) == [jo.keyID])
        let new = try TestSigner("jo")
        #expect(try await store.keepKey(try key(new), at: Fixture.start).keyID == new.keyID)
    }
}
