import Credentials
import Model
import TestSupport
import Testing

/// `muster lint`, and what `commission --csr` does with its findings.
@Suite struct LintTests {
    private let home: Home

    init() throws {
        home = try Home()
        try #require(try home.muster("demo --prepare").code == 0)
    }

    private func makeRequest(_ serial: String, _ name: String, key: PrivateKey) throws {
        _ = try home.write(try CertificateRequest.create(key: key, commonName: serial).pem, to: name)
    }

    @Test func `a good request has no finding, a bad one exit code 65 and its codes`() throws {
        try makeRequest("SN-1", "device.csr", key: .generate(.p256))
        let good = try home.muster("lint device.csr --serial SN-1")
        #expect(good.code == 0 && good.output.contains("nothing found"), "\(good.output)\(good.errors)")
        let bad = try home.muster("lint --json device.csr --serial SN-2")
        #expect(bad.code == 65)
        let object = try #require(try bad.objects.first)
        let findings = try #require(object["findings"] as? [[String: Any]])
        #expect(findings.map { $0["code"] as? String } == ["name_wrong"])
        #expect(findings.first?["severity"] as? String == "error")
        let none = try home.muster("lint nothing.pem")
        #expect(none.code == 69 && none.errors.contains("nothing.pem"))
        _ = try home.write("no certificate", to: "words.txt")
        #expect(try home.muster("lint words.txt").code == 65)
    }

    @Test func `a request for another device is not saved`() throws {
        try makeRequest("SN-2", "other.csr", key: .generate(.p256))
        let refused = try home.muster("commission --json --serial SN-1 --product dock --csr other.csr")
        #expect(refused.code == 65 && refused.errors.contains("[name_wrong]"), "\(refused.errors)")
        #expect(try home.muster("queue list --json --state all").objects.isEmpty)
    }

    @Test func `a key that another device of the store has is not saved again`() throws {
        let key = try PrivateKey.generate(.p256)
        try makeRequest("SN-1", "one.csr", key: key)
        try makeRequest("SN-2", "two.csr", key: key)
        let first = try home.muster("commission --serial SN-1 --product dock --csr one.csr --offline")
        #expect(first.code == 4 || first.code == 0, "\(first.errors)")
        let waiting = try home.muster("commission --serial SN-2 --product dock --csr two.csr --offline")
        #expect(waiting.code == 65 && waiting.errors.contains("[key_of_another_device]"), "\(waiting.errors)")
        #expect(try home.muster("sync").code == 0)
        let issued = try home.muster("commission --serial SN-2 --product dock --csr two.csr --offline")
        #expect(issued.code == 65 && issued.errors.contains("SN-1"), "\(issued.errors)")
        // The same request for the same device is no fault.
        #expect(try home.muster("commission --serial SN-1 --product dock --csr one.csr").code == 0)
        #expect(try home.muster("device show SN-1 --certificate chain.pem").code == 0)
        let chain = try home.muster("lint chain.pem --device SN-1")
        #expect(chain.code == 0, "\(chain.output)")
    }
}
