import Credentials
import Foundation
import Model
import RegistrarCore
import RegistrarStore
import SQLite
import TestSupport
import Testing

/// What the file itself must hold, beside what the service's tests see through the store.
@Suite struct RegistrarStoreTests {
    private static let now = Timestamp(milliseconds: 1_790_000_000_000)
    private static let acme = TenantID(trusted: "acme")
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func make() throws -> RegistrarStore {
        try RegistrarStore.make(
            directory: directory.path, registrar: RegistrarID(trusted: "r-1"), name: "Test", at: Self.now,
            digest: Digest.sha256)
        return try RegistrarStore(directory: directory.path, digest: Digest.sha256)
    }

    private func delivery(_ serial: String, _ number: Int) -> ArrivedDelivery {
        ArrivedDelivery(
            deviceID: DeviceID(trusted: "d-\(number)"),
            identity: DeviceIdentity(product: ProductID(trusted: "p"), fields: ["serial": serial]),
            tenant: nil, claimCode: nil)
    }

    @Test func `a new registrar has an empty, whole audit chain but for its beginning`() async throws {
        let store = try make()
        let (entries, broken) = try await store.verifyAudit()
        #expect(entries == 1 && broken == nil)
        #expect(store.registrar == RegistrarID(trusted: "r-1"))
    }

    @Test func `an entry that was changed, or an end that was cut off, shows`() async throws {
        let store = try make()
        try await store.add([Tenant(tenantID: Self.acme, name: "Acme")], by: nil, at: Self.now)
        _ = try await store.add([delivery("SN-1", 1)], by: nil, at: Self.now)
        let other = try SQLiteConnection(path: directory.file("registrar.db"))
        #expect(throws: SQLiteError.self) {
            try other.run("UPDATE audit SET subject = 'x' WHERE sequence = 2")
        }
        #expect(throws: SQLiteError.self) { try other.run("DELETE FROM audit WHERE sequence = 3") }
        try other.execute("DROP TRIGGER audit_unchanged; UPDATE audit SET subject = 'x' WHERE sequence = 2")
        #expect(try await store.verifyAudit().broken == 2)
        try other.execute("DROP TRIGGER audit_kept; DELETE FROM audit WHERE sequence > 1")
        #expect(try await store.verifyAudit().broken == 2)
    }

    @Test func `a registrar from before jobs takes them once it was opened by a newer program`() async throws
    {
        let site = Site(siteID: SiteID(trusted: "hall"), tenant: Self.acme, name: "Hall")
        do {
            let store = try make()
            try await store.add([Tenant(tenantID: Self.acme, name: "Acme")], by: nil, at: Self.now)
            try await store.add([site], by: nil, at: Self.now)
        }
        let old = try SQLiteConnection(path: directory.file("registrar.db"))
        let version = try #require(try old.run("PRAGMA user_version").first).integer("user_version")
        try old.execute(
            """
            DROP TABLE revocation; DROP TABLE revocation_list; DROP INDEX certificate_of_device; DROP TABLE job;
            DROP TABLE operator_key; DROP TABLE operator_password;
            DROP TABLE sign_in_failure; DROP TABLE sign_in_tablet; ALTER TABLE token DROP COLUMN valid_until;
            DROP TABLE setting; DROP TABLE enrolment; DROP TABLE target_seen; DROP TABLE own_limit; DROP TABLE target;
            DROP TABLE target_work; DROP TABLE device_proof; DROP TABLE governor; ALTER TABLE certificate DROP COLUMN issuer;
            ALTER TABLE token DROP COLUMN bound_to;
            DROP TABLE fleet_work; DROP TABLE lobby; DROP TABLE brought_certificate;
            PRAGMA user_version = \(version - 10)
            """)
        let migrated = try RegistrarStore(directory: directory.path, digest: Digest.sha256)
        let job = Job(jobID: JobID(trusted: "WO-1"), tenant: Self.acme, site: site.siteID, name: "Hall")
        try await migrated.add([job], by: nil, at: Self.now)
        #expect(try await migrated.jobs() == [job])
        #expect(try await migrated.sites() == [site])
        #expect(try await migrated.verifyAudit().broken == nil)
    }

    @Test func `one identifier is one device's`() async throws {
        let store = try make()
        let first = try await store.add([delivery("SN-1", 1)], by: nil, at: Self.now)
        #expect(try await store.add([delivery("SN-1", 2)], by: nil, at: Self.now) == first)
        var other = delivery("SN-1", 3)
        other.identity.fields["mac"] = "00:00:5E:00:53:01"
        await #expect {
            _ = try await store.add([self.delivery("SN-2", 4), other], by: nil, at: Self.now)
        } throws: { error in
            guard case .refused(let problem) = error as? RegistrarStoreError else { return false }
            return problem.knownCode == .alreadyExists
        }
        #expect(try await store.listedDevices().count == 1)
    }

    @Test func `a database of another program, or of a newer version, is left untouched`() throws {
        let path = directory.file("registrar.db")
        let foreign = try SQLiteConnection(path: path)
        try foreign.execute("PRAGMA application_id=1; CREATE TABLE theirs(x)")
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(throws: RegistrarStoreError.self) {
            try RegistrarStore(directory: directory.path, digest: Digest.sha256)
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
        let newer = try TemporaryDirectory()
        try RegistrarStore.make(
            directory: newer.path, registrar: RegistrarID(trusted: "r-1"), name: "Test", at: Self.now,
            digest: Digest.sha256)
        try SQLiteConnection(path: newer.file("registrar.db")).execute("PRAGMA user_version=99")
        #expect {
            try RegistrarStore(directory: newer.path, digest: Digest.sha256)
        } throws: { error in
            guard case .database(.newer) = error as? RegistrarStoreError else { return false }
            return true
        }
    }

    @Test func `two processes may share a registrar`() async throws {
        let first = try make()
        let second = try RegistrarStore(directory: directory.path, digest: Digest.sha256)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                let store = number.isMultiple(of: 2) ? first : second
                group.addTask {
                    _ = try await store.add([self.delivery("SN-\(number)", number)], by: nil, at: Self.now)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await first.listedDevices().count == 40)
        let (entries, broken) = try await second.verifyAudit()
        #expect(entries == 41 && broken == nil)
    }

    @Test func `a long write-ahead log is copied into the database`() async throws {
        let store = try make()
        for start in stride(from: 0, to: 6000, by: 300) {
            _ = try await store.add(
                (start..<start + 300).map { delivery("SN-\($0)", $0) }, by: nil, at: Self.now)
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: directory.file("registrar.db"))
        #expect(try #require(attributes[.size] as? Int) > 1 << 20)
    }

    @Test func `every error explains itself`() {
        for error in [
            RegistrarStoreError.missing(directory: "/x"), .exists(directory: "/x"),
            .refused(Problem(.alreadyExists)), .database(.busy),
        ] {
            #expect(!error.explanation.what.isEmpty && !error.explanation.nextStep.isEmpty)
        }
    }
}
