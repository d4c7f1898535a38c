import Credentials
import Model
import Processes
import TestSupport
import Testing

/// Products that say how the keys of their devices are made, with the real programs.
@Suite struct KeyPolicyTests {
    private let home: Home

    init() throws {
        home = try Home(["MUSTER_VAULT_PASSPHRASE_FILE": "pass"])
        try Files.writeAtomically(
            Array("tisch-pferd-lampe-zwiebel".utf8), to: home.directory.file("pass"), mode: 0o600)
        try #require(try home.muster("demo --prepare").code == 0)
        for (product, origins) in [("tpm-lock", "tpm"), ("made-lamp", "made,tpm"), ("own-hub", "device")] {
            let added = try home.registrar(
                "product add \(product) --directory state/muster/registrar --admission open --key-origin \(origins)"
            )
            try #require(added.code == 0, "\(added.errors)")
        }
        try #require(try home.muster("sync").code == 0)
    }

    private func request(_ serial: String) throws -> String {
        let request = try CertificateRequest.create(key: .generate(.p256), commonName: serial)
        _ = try home.write(request.pem, to: "\(serial).csr")
        return "commission --serial \(serial) --csr \(serial).csr"
    }

    private func kinds(_ serial: String) throws -> [String] {
        try home.muster("device history --json \(serial)").objects.compactMap { $0["kind"] as? String }
    }

    @Test
    func `what the product does not allow is refused before anything is saved, in the registrar's words`()
        throws
    {
        #expect(try home.muster("vault create").code == 0)
        let commission = try request("L-1")
        for (options, maker) in [("", "by the device"), ("--key-origin device", "by the device")] {
            let refused = try home.muster("\(commission) --product tpm-lock \(options)")
            #expect(refused.code == 65, "\(refused.errors)")
            #expect(
                refused.errors.contains("[csr_policy]")
                    && refused.errors.contains("must be made in a TPM; this one was made \(maker)"))
        }
        let made = try home.muster("commission --serial L-1 --product tpm-lock --make-key")
        #expect(made.code == 65 && made.errors.contains("this one was made by Muster"), "\(made.errors)")
        #expect(try home.muster("queue list --json --state all").objects.isEmpty)
        let stated = try home.muster("\(commission) --product tpm-lock --key-origin tpm")
        #expect(stated.code == 0, "\(stated.errors)")
        #expect(try kinds("L-1") == ["claim", "provision"])
        let both = try home.muster("commission --serial L-2 --product tpm-lock --make-key --key-origin tpm")
        #expect(both.code == 64)
    }

    @Test func `a policy is listed, and a way that nobody knows is none`() throws {
        let listed = try home.registrar("product list --directory state/muster/registrar").output
        #expect(listed.contains("keys=made,tpm"))
        let unknown = try home.registrar(
            "product add x --directory state/muster/registrar --key-origin moon")
        #expect(unknown.code == 64)
    }

    @Test func `a product's policy can be changed, and whoever syncs next is held to it`() throws {
        let change = "product change own-hub --directory state/muster/registrar"
        let commission = try request("H-1") + " --product own-hub"
        let changed = try home.registrar(
            "\(change) --key-origin tpm --name Hub-2 --json")
        #expect(changed.code == 0, "\(changed.errors)")
        let product = try #require(changed.objects.first)
        #expect(product["keyOrigins"] as? [String] == ["tpm"] && product["admission"] as? String == "open")
        try #require(try home.muster("sync").code == 0)
        #expect(try home.muster(commission).code == 65)
        let again = try home.registrar("\(change) --key-origin tpm")
        #expect(again.code == 0 && again.output.contains("so already"), "\(again.output)")
        #expect(try home.registrar("\(change) --key-origin any").code == 0)
        try #require(try home.muster("sync").code == 0)
        let free = try home.muster(commission)
        #expect(free.code == 0, "\(free.errors)")
        let unknown = try home.registrar("product change nothing --directory state/muster/registrar --name x")
        #expect(unknown.code == 65 && unknown.errors.contains("product_unknown"))
    }

    @Test func `a product of made keys gets one by itself, once there is a vault to keep it`() throws {
        let first = try home.muster("commission --serial M-1 --product made-lamp")
        #expect(first.code == 0 && first.errors.contains("muster vault create"), "\(first.errors)")
        #expect(try kinds("M-1") == ["claim"])
        #expect(try home.muster("vault create").code == 0)
        for _ in 0..<2 { #expect(try home.muster("commission --serial M-1 --product made-lamp").code == 0) }
        #expect(try kinds("M-1") == ["claim", "provision"])
    }

    @Test func `a hand-over makes the key that the device asks for, where the product names that way`() throws
    {
        #expect(try home.muster("vault create").code == 0)
        let (disk, tty) = (home.directory.file("device"), home.directory.file("tty"))
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "M-2", "--takes-key"])
        defer { withExtendedLifetime(device) {} }
        #expect(try home.muster("commission --serial M-2 --product made-lamp --offline").code == 4)
        let done = try home.muster("hand-over M-2 --to serial:\(tty)")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
    }

    @Test func `a device that asks for a key gets none where its product makes its own`() throws {
        #expect(try home.muster("vault create").code == 0)
        let (disk, tty) = (home.directory.file("device"), home.directory.file("tty"))
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "H-1", "--takes-key"])
        defer { withExtendedLifetime(device) {} }
        #expect(try home.muster("commission --serial H-1 --product own-hub").code == 0)
        let refused = try home.muster("hand-over H-1 --to serial:\(tty) --make-key")
        #expect(refused.code == 65 && refused.errors.contains("this one was made by Muster"))
        #expect(try kinds("H-1") == ["claim"])
    }

    @Test func `a device says itself that its key is in a TPM`() throws {
        let emulated = try SoftwareTPM()
        let (disk, tty) = (home.directory.file("device"), home.directory.file("tty"))
        let device = try DeviceProcess(
            disk: disk, tty: tty, ["--identity", "L-3", "--tpm", "--tcti", emulated.tcti])
        defer { withExtendedLifetime(device) {} }
        let done = try home.muster("commission --serial L-3 --product tpm-lock --hand-over serial:\(tty)")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        let (other, line) = (home.directory.file("other"), home.directory.file("tty2"))
        let plain = try DeviceProcess(disk: other, tty: line, ["--identity", "L-4"])
        defer { withExtendedLifetime(plain) {} }
        let refused = try home.muster("commission --serial L-4 --product tpm-lock --hand-over serial:\(line)")
        #expect(refused.code == 65 && refused.errors.contains("[csr_policy]"), "\(refused.errors)")
    }
}
