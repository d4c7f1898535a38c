import Credentials
import Model
import Processes
import TestSupport
import Testing

/// Keys in a TPM with the real programs, and what is said where there is none.
@Suite struct TPMTests {
    private let home: Home
    private let emulated: SoftwareTPM

    init() throws {
        emulated = try SoftwareTPM()
        home = try Home(["MUSTER_TCTI": emulated.tcti, "TPM2OPENSSL_TCTI": emulated.tcti])
    }

    private func doctor(_ options: String = "") throws -> [String: Any] {
        let finished = try home.muster("doctor --json \(options)")
        return try #require(try finished.objects.first { $0["check"] as? String == "tpm" }, "\(finished)")
    }

    @Test func `a key made in the TPM gets a certificate and then signs under it`() throws {
        let made = try home.muster("key make --json --tpm key.tss --csr key.csr --serial TPM-1")
        #expect(made.code == 0, "\(made.errors)")
        #expect(made.errors.isEmpty)
        #expect(try made.objects.last?["kind"] as? String == "EC P-256")
        #expect(try Files.status(home.directory.file("key.tss"))?.mode == 0o600)
        #expect(try home.shell("openssl req -in key.csr -verify -noout").code == 0)
        let commissioned = try home.muster(
            "commission --serial TPM-1 --csr key.csr --certificate chain.pem")
        #expect(commissioned.code == 0, "\(commissioned.output)\(commissioned.errors)")
        // The other program that reads the key has it sign; the certificate tells whether it is the right one.
        let signed = try home.shell(
            """
            openssl x509 -in chain.pem -noout -pubkey > public.pem && echo hello > text &&
            openssl dgst -provider tpm2 -provider default -propquery '?provider=tpm2' -sha256 -sign key.tss \
                -out signature text && openssl dgst -sha256 -verify public.pem -signature signature text
            """)
        #expect(signed.code == 0 && signed.output.contains("Verified OK"), "\(signed.output)\(signed.errors)")
    }

    @Test func `a key in the TPM is proven at a broker`() throws {
        try #require(try home.muster("key make --tpm key.tss --csr key.csr --serial TPM-1").code == 0)
        let commissioned = try home.muster(
            "commission --serial TPM-1 --csr key.csr --certificate chain.pem")
        try #require(commissioned.code == 0, "\(commissioned.errors)")
        let service = try PeerCredentials(name: "Service root")
        _ = try home.write(try service.root.certificate.pem, to: "root.pem")
        let root = try #require(try Certificate.chain(pem: try home.contents("chain.pem")).last)
        let broker = try BrokerPeer(try service.server(), clientRoot: root)
        let verify =
            "verify TPM-1 --json --root root.pem --endpoint mqtts://localhost:\(broker.port) --key key.tss"
        let proven = try home.muster(verify)
        #expect(proven.code == 0, "\(proven.output)\(proven.errors)")
        let proof = try #require(try proven.objects.lazy.compactMap { $0["proof"] as? [String: Any] }.first)
        #expect(proof["witness"] as? String == "musterWithDeviceKey")
        #expect(proof["isCertificateOnRecord"] as? Bool == true)
        #expect(try home.muster(verify + " --tcti device:/dev/no-tpm").code == 69)
    }

    @Test func `a further request for the same key is made, in other kinds too`() throws {
        for kind in ["p384", "rsa2048"] {
            #expect(try home.muster("key make --tpm \(kind).tss --kind \(kind)").code == 0)
            let asked = try home.muster("key request \(kind).tss --csr \(kind).csr --serial \(kind)")
            #expect(asked.code == 0, "\(asked.errors)")
            let request = try CertificateRequest(Array(try home.contents("\(kind).csr").utf8))
            #expect(request.isSignedByItsKey && request.commonName == kind)
        }
    }

    @Test func `nothing is written over, and what is missing is named`() throws {
        #expect(try home.muster("key make --tpm key.tss").code == 0)
        let before = try home.contents("key.tss")
        #expect(try home.muster("key make --tpm key.tss").code == 73)
        #expect(try home.muster("key make --tpm new.tss --csr key.tss --serial A").code == 73)
        #expect(try home.contents("key.tss") == before)
        #expect(try home.muster("key make").code == 64)
        #expect(try home.muster("key make --tpm new.tss --csr new.csr").code == 64)
        #expect(try home.muster("key make --tpm new.tss --serial A").code == 64)
        #expect(try home.muster("key make --tpm new.tss --kind ed25519").code == 64)
        #expect(try home.muster("key request key.tss").code == 64)
        #expect(try home.muster("key request nothing.tss --csr a.csr --serial A").code == 69)
        _ = try home.write("no key", to: "words")
        let words = try home.muster("key request words --csr a.csr --serial A")
        #expect(words.code == 65 && words.errors.contains("[tpm_key_file]"), "\(words.errors)")
        #expect(try home.muster("key make --tpm new.tss --tcti nowhere").code == 65)
        #expect(try home.shell("ls new.tss new.csr a.csr").code != 0)
    }

    @Test func `without a TPM, or without its software, exit code 69 says what to do`() throws {
        let none = try home.muster("key make --tpm key.tss --tcti device:/dev/tpm-none")
        #expect(none.code == 69 && none.errors.contains("[tpm_missing]"), "\(none.errors)")
        // What the loader finds first is no library.
        _ = try home.write("none", to: "libtss2-esys.so.0")
        let bare = try home.shell("LD_LIBRARY_PATH=. muster key make --tpm key.tss")
        #expect(
            bare.code == 69 && bare.errors.contains("apt-get install \(TPMError.packages)"), "\(bare.errors)")
        let doctor = try home.shell("LD_LIBRARY_PATH=. muster doctor")
        #expect(doctor.output.contains("! look at  tpm:") && doctor.output.contains(TPMError.packages))
        #expect(try home.shell("ls key.tss").code != 0)
    }

    @Test func `doctor tells present, absent and locked`() throws {
        let present = try doctor()
        #expect(present["verdict"] as? String == "good")
        #expect((present["says"] as? String)?.contains("0 of 3 wrong PINs") == true)
        let absent = try doctor("--tcti device:/dev/tpm-none")
        #expect(absent["verdict"] as? String == "good")
        #expect((absent["says"] as? String)?.contains("none at device:/dev/tpm-none") == true)
        let tpm = TPM(at: try TPMAddress(emulated.tcti))
        let wrap = TPMWrap(tpm)
        let blob = try wrap.wrap(.of([UInt8](repeating: 1, count: 32)), pin: .of([1]))
        for _ in 0..<(try tpm.standing().mostTries) { _ = try? wrap.unwrap(blob, pin: .of([2])) }
        let locked = try doctor()
        #expect(locked["verdict"] as? String == "warning")
        #expect((locked["says"] as? String)?.contains("locked") == true && locked["nextStep"] != nil)
    }

    @Test func `a simulated device has its key in the TPM and answers with it`() throws {
        let disk = home.directory.file("device")
        let tty = home.directory.file("tty")
        let device = try DeviceProcess(
            disk: disk, tty: tty, ["--identity", "SIM-1", "--tpm", "--tcti", emulated.tcti, "--once"])
        let finished = try home.run([
            "commission", "--json", "--label", "SN:SIM-1", "--hand-over", "serial:\(tty)",
        ])
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        #expect(try finished.objects.contains { $0["handOver"] as? String == "confirmed" })
        #expect(try device.wait() == .exited(0))
        #expect(TPM.isKeyFile(try home.contents("device/key.pem")))
        let standing = try #require(try home.muster("simulate device \(disk) --show --json").objects.last)
        #expect(standing["principals"] as? String == "whole")
        // A device whose key lies in a file is not given one in the TPM.
        #expect(try home.muster("simulate device other --identity SIM-2 --show").code == 0)
        #expect(try home.muster("simulate device other --tpm --show").code == 69)
    }
}
