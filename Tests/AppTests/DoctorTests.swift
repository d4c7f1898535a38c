import Foundation
import TestSupport
import Testing

/// What `muster doctor` says of the key by which the embedded registrar issues, with the real programs, a token and a TPM.
@Suite struct DoctorTests {
    private static let place = "--directory state/muster/registrar"

    /// The finding on the issuing key; the shell's line may set variables before it.
    private func finding(_ home: Home, _ variables: String = "") throws -> (
        verdict: String, says: String, next: String?
    ) {
        let run = try home.shell("\(variables) muster doctor --json")
        let found = try #require(
            try run.objects.first { $0["check"] as? String == "issuing-key" }, "\(run.output)\(run.errors)")
        return (
            try #require(found["verdict"] as? String), try #require(found["says"] as? String),
            found["nextStep"] as? String
        )
    }

    private static let meanwhile = "Until it can be used no device gets a certificate"

    @Test func `a key in a token is named, and that it is away, with what to do`() throws {
        let tokens = try SoftToken(["acme"])
        let home = try Home(tokens.environment)
        let uri = tokens.uri("acme", "issuing")
        try #require(try home.registrar("init \(Self.place) --issuing-key \(uri)").code == 0)
        let good = try finding(home)
        #expect(good.verdict == "good" && good.next == nil)
        #expect(good.says.hasSuffix("in a PKCS #11 token (pkcs11:token=acme;object=issuing), and signs"))
        try tokens.remove()
        let away = try finding(home)
        #expect(away.verdict == "warning" && away.says.contains("pkcs11:token=acme;object=issuing"))
        #expect(away.says.contains("the token is not there.") && away.says.contains(Self.meanwhile))
        #expect(away.next?.hasPrefix("Connect it") == true)
        #expect(!away.says.contains("pin-source"))
        try tokens.restore()
        #expect(try finding(home).verdict == "good")
    }

    @Test func `a key in a TPM is named, and that it does not answer, with what to do`() throws {
        let emulated = try SoftwareTPM()
        let home = try Home()
        try #require(
            try home.registrar("init \(Self.place) --issuing-key tpm:\(emulated.tcti)").code == 0)
        let good = try finding(home)
        #expect(good.verdict == "good" && good.says.hasSuffix("in the TPM at \(emulated.tcti), and signs"))
        try emulated.stop()
        let away = try finding(home)
        #expect(away.verdict == "warning")
        #expect(away.says.contains("in the TPM at \(emulated.tcti). The TPM was not used"))
        #expect(away.says.contains(Self.meanwhile) && away.next?.isEmpty == false)
    }

    @Test func `a key in a file is named, and under a passphrase that nobody gives, how to give it`() throws {
        let home = try Home()
        #expect(try finding(home).says == "the embedded registrar's is in a file, and signs")
        try home.writeSecret("tisch-pferd-lampe-zwiebel", to: "pass")
        try #require(try home.registrar("seal \(Self.place) --passphrase-file pass").code == 0)
        let open = try finding(home, "MUSTER_PASSPHRASE_FILE=pass")
        #expect(open.says == "the embedded registrar's is in a file, under the passphrase, and signs")
        let shut = try finding(home)
        #expect(shut.verdict == "warning" && shut.says.contains(Self.meanwhile), "\(shut.says)")
        #expect(shut.next?.contains("MUSTER_PASSPHRASE_FILE") == true, "\(shut.next ?? "")")
    }

    @Test
    func `a key in the vault is tried where its passphrase is given, and is no trouble where it is not`()
        throws
    {
        let home = try Home.withPassphrase()
        _ = try home.muster("vault create").succeeded
        let open = try finding(home)
        #expect(open.says == "the embedded registrar's is in a file, under the passphrase, and signs")
        let shut = try finding(home, "unset MUSTER_VAULT_PASSPHRASE_FILE;")
        #expect(shut.verdict == "good" && shut.says.contains("lies in jk's vault; not tried"), "\(shut.says)")
        #expect(shut.next?.contains("--passphrase-file") == true)
    }
}
