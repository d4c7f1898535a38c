import AuditLog
package import SQLite

/// What the companion's database looks like. Migrations are named, one constant each, and never edited
/// once released.
package enum StoreSchema {
    /// `MSTS`: tells the file from other programs' databases.
    package static let applicationID: Int32 = 0x4D53_5453

    package static let current = Schema(
        applicationID: applicationID,
        migrations: [
            Migration("outbox", outboxMigration),
            AuditChain.migration,
            Migration("devices", devicesMigration),
            Migration("registrars", registrarsMigration),
            Migration("jobs", jobsMigration),
            Migration("vault", vaultMigration),
            Migration("signatures", signaturesMigration),
            Migration("sign-ins", signInsMigration),
            Migration("targets", targetsMigration),
            Migration("services", servicesMigration),
            Migration("placement", placementMigration),
        ])

    /// The open states as the partial index has them; a query uses the index only with the very same
    /// words.
    static let openStates =
        "state IN ('queued','held','blocked','ready','in_flight','in_doubt','waiting','rejected')"
}
