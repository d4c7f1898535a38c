import Foundation
import Model
import Processes
import TestSupport
import Testing

/// A vault with a PIN that a TPM guards: what a thief with a copy of every file can do.
@Suite struct VaultPINTests {
    private let home: Home
    private let emulated: SoftwareTPM

    init() throws {
        emulated = try SoftwareTPM()
        home = try Home(["MUSTER_TCTI": emulated.tcti])
        for (name, text) in [
            ("pass", "tisch-pferd-lampe-zwiebel"), ("pin", "839201"), ("wrong", "839202"), ("row", "123456"),
        ] {
            try Files.writeAtomically(Array(text.utf8), to: home.directory.file(name), mode: 0o600)
        }
        try #require(try home.muster("vault create --passphrase-file pass").code == 0)
    }

    private func status(_ file: String) throws -> Finished {
        try home.muster("registrar status --passphrase-file \(file)")
    }

    @Test func `a PIN opens it, and a weak one is refused`() throws {
        let weak = try home.muster("vault pin --passphrase-file pass --pin-file row")
        #expect(weak.code == 1 && weak.errors.contains("a row"), "\(weak.errors)")
        #expect(try home.muster("vault pin --passphrase-file pass --pin-file pin").code == 0)
        #expect(try status("pin").code == 0)
        #expect(try home.muster("vault status --json").objects.first?["pin"] as? Bool == true)
        #expect(try home.muster("vault pin --forget --passphrase-file pass").code == 0)
        #expect(try status("pin").code == 77)
    }

    @Test func `after a few wrong PINs the right one is refused too, also with an old copy of the store`()
        throws
    {
        #expect(try home.muster("vault pin --passphrase-file pass --pin-file pin").code == 0)
        #expect(try home.shell("cp -r state copy").code == 0)
        var tries = 0
        while try !status("wrong").errors.contains("tpm_locked") {
            tries += 1
            try #require(tries < 12, "the TPM never locks")
        }
        let refused = try status("pin")
        #expect(refused.code == 77 && refused.errors.contains("tpm_locked"), "\(refused.errors)")
        #expect(try home.shell("rm -r state && cp -r copy state").code == 0)
        #expect(try status("pin").errors.contains("tpm_locked"))
        // The passphrase is another way in, and every file is as good as before.
        #expect(try status("pass").code == 0)
    }

    @Test func `on another machine the PIN opens nothing`() throws {
        #expect(try home.muster("vault pin --passphrase-file pass --pin-file pin").code == 0)
        let thief = try SoftwareTPM()
        let refused = try home.run(
            ["registrar", "status", "--passphrase-file", "pin", "--tcti", thief.tcti])
        #expect(refused.code != 0, "\(refused.output)")
        #expect(try status("pin").code == 0)
    }

    @Test func `the keys of the registrar on this machine lie under the vault, and come out of it again`()
        throws
    {
        let key = "state/muster/registrar/keys/issuing-key.pem"
        #expect(try !home.contents(key).contains("PRIVATE KEY"))
        #expect(try home.muster("commission --serial SN-1 --headless").code == 77)
        #expect(try home.muster("commission --serial SN-1 --offline --passphrase-file pass").code == 4)
        #expect(try home.muster("sync --headless --timeout 0").code == 77)
        #expect(try home.muster("sync --passphrase-file pass").code == 0)
        let refused = try home.muster("vault destroy --yes --passphrase-file wrong")
        #expect(refused.code == 77 && refused.errors.contains("would be lost"), "\(refused.errors)")
        let gone = try home.muster("vault destroy --yes --passphrase-file pass")
        #expect(gone.code == 0, "\(gone.errors)")
        #expect(try home.contents(key).contains("PRIVATE KEY"))
        #expect(try home.muster("commission --serial SN-2").code == 0)
    }
}
