import TestSupport
import Testing

/// The registrar of a tablet whose keys are sealed: in the vault of who works there, or by hand.
@Suite struct VaultedRegistrarTests {
    @Test func `who looks after it opens the vault that its keys lie in`() throws {
        let home = try Home.withPassphrase()
        _ = try home.muster("vault create").succeeded
        let listed = try home.registrar("tenant list \(Home.embedded)")
        #expect(listed.code == 0 && listed.output.contains("nordlicht"), "\(listed.errors)")
        let closed = try home.shell(
            "unset MUSTER_VAULT_PASSPHRASE_FILE; \(BuiltProgram.path("muster-registrar")) tenant list "
                + "\(Home.embedded)")
        #expect(closed.code == 77 && closed.errors.contains("[vault_locked]"), "\(closed.errors)")
        let named = try home.shell(
            "unset MUSTER_VAULT_PASSPHRASE_FILE; \(BuiltProgram.path("muster-registrar")) tenant list "
                + "--passphrase-file pass \(Home.embedded)")
        #expect(named.code == 0, "\(named.errors)")
    }

    @Test func `what to ask a cloud's administrator for is printed before there is any registrar`() throws {
        let home = try Home()
        let rights = try home.registrar("target rights aws")
        #expect(
            rights.code == 0 && rights.output.contains("iot:CreateCertificateFromCsr"), "\(rights.errors)")
        #expect(try home.registrar("target rights built-in").code == 64)
    }

    @Test func `a passphrase of another registrar on this machine does not stand in its way`() throws {
        let home = try Home.withPassphrase()
        _ = try home.muster("vault create").succeeded
        try home.writeSecret("quite-another-passphrase", to: "other")
        let saved = try home.shell(
            "MUSTER_PASSPHRASE_FILE=other \(BuiltProgram.path("muster")) commission --serial SN-1")
        #expect(saved.code == 0 && saved.output.contains("confirmed"), "\(saved.output)\(saved.errors)")
    }

    @Test func `keys that nothing opens are named as what keeps work from being sent`() throws {
        let home = try Home()
        _ = try home.muster("commission --serial SN-1").succeeded
        try home.writeSecret("tisch-pferd-lampe-zwiebel", to: "pass")
        _ = try home.registrar("seal --passphrase-file pass \(Home.embedded)").succeeded
        let waits = try home.muster("commission --serial SN-2")
        #expect(waits.code == 4 && waits.errors.contains("$MUSTER_PASSPHRASE_FILE"), "\(waits.errors)")
        #expect(!waits.errors.contains("paired with no registrar"))
        let sent = try home.shell("MUSTER_PASSPHRASE_FILE=pass \(BuiltProgram.path("muster")) sync")
        #expect(sent.code == 0, "\(sent.errors)")
    }
}
