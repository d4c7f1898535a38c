import Credentials
import Foundation
import Model
import TestSupport
import Testing

/// What the companion asks of targets, with the real programs and a registrar that has none but its own authority.
@Suite struct ProvisioningTests {
    private let home: Home

    init() throws {
        home = try Home.withPassphrase()
    }

    private func request(_ serial: String) throws {
        let key = try PrivateKey.generate(.p256)
        _ = try home.write(
            try CertificateRequest.create(key: key, commonName: serial).pem, to: "\(serial).csr")
    }

    private func commission(_ serial: String, _ options: String) throws -> Finished {
        try home.muster("commission --json --serial \(serial) --product dock \(options)")
    }

    /// A TPM2B_PUBLIC of so many bytes, base64.
    private static func tpmPublic(_ count: Int) -> String {
        Base64.encode([UInt8(count >> 8), UInt8(count & 0xFF)] + [UInt8](repeating: 7, count: count))
    }

    private func identity(_ text: String) throws {
        _ = try home.write(text, to: "tpm.json")
    }

    private func bodies() throws -> [[String: Any]] {
        let exported = try home.muster("queue export -")
        return try exported.objects.compactMap { item in
            guard let text = item["payload"] as? String, let bytes = Base64.decodeURL(text) else {
                return nil
            }
            let operation = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
            return (operation?["body"] as? [String: Any])?["provision"] as? [String: Any]
        }
    }

    @Test func `a certificate can be asked for at the registrar's own authority by name`() throws {
        try request("SN-1")
        let finished = try commission("SN-1", "--csr SN-1.csr --target built-in")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        let shown = try home.muster("device show SN-1").output
        #expect(shown.contains("none but the registrar's own authority"), "\(shown)")
        #expect(try home.muster("device history SN-1").output.contains("Certificate for SN-1 at built-in"))
    }

    @Test func `a target that there is not needs a person, and asking twice saves nothing twice`() throws {
        try request("SN-1")
        let refused = try commission("SN-1", "--csr SN-1.csr --target moon")
        #expect(refused.code == 3, "\(refused.output)\(refused.errors)")
        #expect(refused.output.contains("unknown_target"))
        let again = try commission("SN-1", "--csr SN-1.csr --target moon")
        #expect(again.errors.contains("everything is saved already"), "\(again.errors)")
        let elsewhere = try commission("SN-1", "--csr SN-1.csr --target mars --offline")
        #expect(elsewhere.code == 4)
        let kinds = try home.muster("device history --json SN-1").objects.compactMap {
            $0["kind"] as? String
        }
        #expect(kinds.filter { $0 == "provision" }.count == 2)
    }

    @Test func `a TPM's identity goes into the operation as it was read, once`() throws {
        try identity(
            "{\"endorsementKey\":\"\(Self.tpmPublic(40))\",\"storageRootKey\":\"\(Self.tpmPublic(9))\"}")
        for _ in 0..<2 {
            let saved = try commission("SN-1", "--tpm-identity tpm.json --target eu --offline")
            #expect([0, 4].contains(saved.code), "\(saved.errors)")
        }
        let tpm = try #require(try bodies().compactMap { $0["tpm"] as? [String: String] }.first)
        #expect(try bodies().count == 1)
        #expect(tpm["endorsementKey"] == Self.tpmPublic(40) && tpm["storageRootKey"] == Self.tpmPublic(9))
        #expect(try home.muster("queue list").output.contains("Provision SN-1 by its TPM at eu"))
        let sent = try home.muster("sync --json")
        #expect(sent.code == 3, "\(sent.output)\(sent.errors)")
    }

    @Test(arguments: [
        "no JSON", "{}", "{\"endorsementKey\":\"AAAA\"}",
        "{\"endorsementKey\":\"AAEB\",\"storageRootKey\":\"x\"}",
        "{\"endorsementKey\":\"AAMHBw==\"}",
    ])
    func `what is no identity of a TPM is told before anything is saved`(_ text: String) throws {
        try identity(text)
        let refused = try commission("SN-1", "--tpm-identity tpm.json")
        #expect(refused.code == 65 && refused.errors.contains("TPM"), "\(refused.errors)")
        #expect(try home.muster("queue list --json --state all").objects.isEmpty)
    }

    @Test func `a symmetric key needs a vault, whose half of it is made once and never shown`() throws {
        let open = try commission("SN-1", "--symmetric-key")
        #expect(open.code == 1 && open.errors.contains("muster vault create"), "\(open.errors)")
        try #require(try home.muster("vault create").code == 0)
        for _ in 0..<2 { #expect([0, 4].contains(try commission("SN-1", "--symmetric-key --offline").code)) }
        let wishes = try bodies().compactMap { $0["symmetricKey"] as? [String: String] }
        #expect(wishes.count == 1)
        #expect(Base64.decodeURL(try #require(wishes.first?["sealTo"]))?.count == 32)
        // The registrar's own authority makes no keys.
        #expect(try home.muster("sync").code == 3)
        let missing = try home.muster("device key SN-1 --output SN-1.key")
        #expect(missing.code == 65 && missing.errors.contains("has come back"), "\(missing.errors)")
        let forgotten = try home.muster("device key SN-1 --forget --json").objects.first
        #expect(forgotten?["forgotten"] as? Bool == true)
        let nothing = try home.muster("device key SN-1 --forget --json").objects.first
        #expect(nothing?["forgotten"] as? Bool == false)
    }

    @Test(arguments: [
        "--target eu", "--csr a --make-key", "--csr a --tpm-identity b", "--symmetric-key --make-key",
        "--tpm-identity a --symmetric-key", "--tpm-identity a --key-origin tpm", "--target EU! --csr a",
        "--tpm-identity a --hand-over dir:x",
        "--csr a --hand-over dir:x",
    ])
    func `what does not go together is refused before anything is saved`(_ options: String) throws {
        let refused = try commission("SN-1", options)
        #expect(refused.code == 64, "\(options): \(refused.errors)")
        #expect(try home.muster("queue list --json --state all").objects.isEmpty)
    }

    @Test(arguments: ["device key SN-1", "device key SN-1 --output -"])
    func `a key is not shown unasked`(_ line: String) throws {
        #expect(try commission("SN-1", "").code == 0)
        #expect(try home.muster(line).code == 64)
    }

    @Test func `a device is moved as the registrar takes it, and told why not`() throws {
        try request("SN-1")
        #expect(try commission("SN-1", "").code == 0)
        let early = try home.muster("reprovision SN-1 --target eu --json")
        #expect(early.code == 3 && early.output.contains("not_provisioned"), "\(early.output)")
        #expect(try home.muster("device history SN-1").output.contains("Move SN-1 to eu"))
        #expect(try home.muster("reprovision NO-1").code == 65)
        #expect(try home.muster("reprovision SN-1 --target EU!").code == 64)
    }

    @Test func `placement is asked of the registrar, by whoever works for the tenant`() throws {
        let usual = try home.muster("placement --serial SN-1 --json")
        #expect(usual.code == 0, "\(usual.errors)")
        #expect(try usual.objects.first?["target"] as? String == "built-in")
        let set = try home.registrar("placement set --static built-in \(Home.embedded)")
        try #require(set.code == 0, "\(set.errors)")
        let answer = try home.muster("placement --serial SN-1 --json").objects.first
        #expect(answer?["target"] as? String == "built-in")
        let considered = try #require(answer?["considered"] as? [[String: Any]])
        #expect(considered.map { $0["target"] as? String } == ["built-in"])
        #expect(try home.muster("placement --serial SN-1").output.contains("CONSIDERED"))
        #expect(try home.muster("placement").code == 64)
    }

    /// Two targets that are never called, with weights, a capacity and a rule.
    private func spread() throws {
        for name in ["eu", "us"] {
            let added = try home.registrar(
                "target add \(name) iot-hub --set host=\(name).example --set proof=thumbprint --unchecked "
                    + "--set access.sharedAccess.policy=p \(Home.embedded)")
            try #require(added.code == 0, "\(added.errors)")
        }
        _ = try home.write(
            """
            {"policy":"custom","candidates":[{"target":"eu","weight":3,"capacity":100},{"target":"us"},
            {"target":"built-in","weight":1}],"rules":[{"name":"old ones","match":{"serials":["OLD*"]},
            "targets":["us"]},{"name":"theirs","match":{"tenants":["somebody-else"]},"targets":["eu"]}]}
            """, to: "rules.json")
        let set = try home.registrar("placement set --rules rules.json \(Home.embedded)")
        try #require(set.code == 0, "\(set.output)\(set.errors)")
    }

    @Test func `without a network placement says what the registrar said, and as of when`() throws {
        // Nobody has said yet by which rules.
        let unknown = try home.muster("placement --serial SN-1 --offline")
        #expect(unknown.code == 0 || unknown.errors.contains("muster sync"), "\(unknown.errors)")
        try spread()
        try #require(try home.muster("sync").code == 0)
        for serial in ["SN-1", "SN-2", "SN-3", "OLD-1", "OLD-2"] {
            let there = try home.muster("placement --serial \(serial) --json")
            let here = try home.muster("placement --serial \(serial) --json --offline")
            #expect(there.code == 0 && here.code == 0, "\(here.errors)")
            #expect(here.output == there.output, "\(serial)")
            #expect(here.errors.contains("as of 20") && here.errors.contains("devices were counted at"))
        }
        #expect(try home.muster("placement --serial OLD-1 --offline").output.contains("rule old ones"))
        // What an administrator says of a target later comes along with the next sync.
        try #require(try home.registrar("target down us \(Home.embedded)").code == 0)
        try #require(try home.muster("sync").code == 0)
        let down = try home.muster("placement --serial OLD-1 --json --offline")
        #expect(down.code == 1 && down.output.contains("us is down"), "\(down.output)")
        #expect(try home.muster("placement --serial OLD-1 --json").output == down.output)
        // Rules of other tenants are not for this tablet.
        let kept = try home.shell(
            "python3 -c \"import sqlite3; print([r[0] for r in sqlite3.connect('state/muster/store.db').execute("
                + "'SELECT placement FROM feed')])\"")
        #expect(kept.output.contains("old ones") && !kept.output.contains("somebody-else"), "\(kept.output)")
    }
}
