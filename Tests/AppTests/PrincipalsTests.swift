import Credentials
import Model
import TestSupport
import Testing

/// Principals, revocation and sealed keys with the real programs.
@Suite struct PrincipalsTests {
    private let home: Home

    init() throws {
        home = try Home()
        try #require(try home.muster("demo --prepare").code == 0)
        for serial in ["SN-1", "SN-2"] {
            let request = try CertificateRequest.create(key: .generate(.p256), commonName: serial)
            _ = try home.write(request.pem, to: "\(serial).csr")
            let finished = try home.muster("commission --serial \(serial) --product dock --csr \(serial).csr")
            try #require(finished.code == 0, "\(finished.errors)")
        }
    }

    @Test func `a device shows its five principals, with what is not proven`() throws {
        let object = try #require(try home.muster("device show --json SN-1").objects.first)
        let principals = try #require(object["principals"] as? [[String: Any]])
        #expect(
            principals.map { $0["kind"] as? String } == [
                "keyPair", "deviceCertificate", "serviceEndpoints", "signingCA", "serviceRootCA",
            ])
        let proof = principals[0]["lastProof"] as? [String: Any]
        #expect(proof?["way"] as? String == "signedRequest")
        #expect(principals[1]["lastProof"] == nil && principals[1]["notAfter"] is String)
        let text = try home.muster("device show SN-1").output
        #expect(text.contains("not proven yet") && text.contains("service endpoints"))
    }

    @Test func `the ends of all certificates are listed, and those before the next visit`() throws {
        let all = try home.muster("device principals --json").objects
        #expect(
            all.compactMap { $0["kind"] as? String }.prefix(2) == ["deviceCertificate", "deviceCertificate"])
        #expect(all.last?["devices"] as? [String] == ["SN-1", "SN-2"])
        #expect(try home.muster("device principals --json --expiring 700").objects.isEmpty)
        #expect(try home.muster("device principals --json --expiring 731").objects.count == 2)
        #expect(try home.muster("device principals --json --site nowhere").objects.isEmpty)
        #expect(try home.muster("device principals --expiring soon").code == 64)
    }

    @Test func `a revoked device loses its certificate here, and is on the list that is written`() throws {
        #expect(try home.muster("revoke SN-1").code == 64)
        let revoked = try home.muster("revoke SN-1 --reason keyCompromise --text stolen")
        #expect(revoked.code == 0, "\(revoked.errors)")
        let device = try #require(try home.muster("device show --json SN-1").objects.first)
        #expect(device["certificateChain"] == nil && device["state"] as? String == "claimed")
        let history = try home.muster("device history SN-1").output
        #expect(history.contains("Revoke the certificate of SN-1"))
        let directory = "state/muster/registrar"
        #expect(try home.registrar("crl --directory \(directory) --output devices.crl").code == 0)
        let text = try home.shell("openssl crl -inform DER -in devices.crl -noout -text").output
        #expect(text.contains("Key Compromise"))
        #expect(try home.registrar("crl --directory \(directory)").code == 64)
        // The same key is not certified again, and the registrar says so.
        let again = try home.muster("commission --serial SN-1 --product dock --csr SN-1.csr")
        #expect(again.code == 3, "\(again.errors)")
    }

    @Test func `sealed keys need their passphrase, also within the companion`() throws {
        let directory = "state/muster/registrar"
        #expect(try home.muster("doctor").output.contains("not encrypted"))
        let path = try home.write("correct horse battery staple\n", to: "pass")
        let open = try home.registrar("seal --directory \(directory) --passphrase-file pass")
        #expect(open.code == 65 && open.errors.contains("chmod 600"))
        #expect(try home.shell("chmod 600 pass").code == 0)
        #expect(try home.registrar("seal --directory \(directory)").code == 64)
        let sealed = try home.registrar("seal --directory \(directory) --passphrase-file pass")
        #expect(sealed.code == 0, "\(sealed.errors)")
        let locked = try home.registrar("tenant list --directory \(directory)")
        #expect(locked.code == 1 && locked.errors.contains("[keys_sealed]"), "\(locked.errors)")
        #expect(try home.registrar("tenant list --directory \(directory) --passphrase-file pass").code == 0)
        let credential = try home.shell(
            "mkdir c && cp -p pass c/muster-registrar-passphrase && CREDENTIALS_DIRECTORY=$PWD/c "
                + "muster-registrar tenant list --directory \(directory)")
        #expect(credential.code == 0, "\(credential.errors)")
        // Work is saved without it, and confirmed with it.
        #expect(try home.muster("note SN-1 later").code == 4)
        let sync = try home.shell("MUSTER_PASSPHRASE_FILE=\(path) muster sync")
        #expect(sync.code == 0, "\(sync.errors)")
    }
}
