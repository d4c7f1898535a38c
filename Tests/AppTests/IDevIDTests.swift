import Foundation
import Processes
import TestSupport
import Testing

/// The certificate that a device's maker gave it, made by OpenSSL, shown by a simulated device on a line.
@Suite struct IDevIDTests {
    private let home: Home

    init() throws {
        home = try Home()
        for (name, serial) in [("idevid", "SIM-1"), ("other", "SIM-2")] { try make(name, serial) }
    }

    private var tty: String { home.directory.file("tty") }

    /// A maker's root, once, and an IDevID with a serial number under it.
    private func make(_ name: String, _ serial: String) throws {
        let made = try home.shell(
            """
            set -e
            new="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
            [[ -e maker.pem ]] || openssl req -x509 $new -keyout maker.key -out maker.pem -subj "/CN=Maker root"
            openssl req $new -keyout \(name).key -out \(name).csr -subj "/O=Maker/CN=Gateway/serialNumber=\(serial)"
            openssl x509 -req -in \(name).csr -CA maker.pem -CAkey maker.key -CAcreateserial -out \(name).pem -days 3650
            """)
        try #require(made.code == 0, "\(made.errors)")
    }

    private func handOver(
        _ options: [String], root: String = "maker.pem", as more: String = ""
    ) throws -> Finished {
        let device = try DeviceProcess(
            disk: home.directory.file("device"), tty: tty, ["--identity", "SIM-1"] + options)
        defer { withExtendedLifetime(device) {} }
        return try home.muster(
            "commission --json --label SN:SIM-1 --hand-over serial:\(tty) --idevid-root \(root) \(more)")
    }

    private func idevid(_ name: String, key: String) -> [String] {
        ["--idevid", home.directory.file("\(name).pem"), "--idevid-key", home.directory.file("\(key).key")]
    }

    @Test func `a device proves by its maker's certificate that it is the one on the label`() throws {
        let finished = try handOver(idevid("idevid", key: "idevid"))
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        let steps = try finished.objects.filter { $0["handOver"] != nil }
        #expect(steps.last?["idevid"] as? String == "checked")
    }

    @Test func `a swapped box, a copied certificate, another maker and none at all are refused`() throws {
        for (options, root, reason) in [
            (idevid("other", key: "other"), "maker.pem", "its serial number is SIM-2"),
            (idevid("idevid", key: "other"), "maker.pem", "cannot sign with its key"),
            (idevid("idevid", key: "idevid"), "stranger.pem", "IDevID"),
        ] {
            let stranger = try home.shell(
                "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout s.key "
                    + "-out stranger.pem -subj '/CN=Stranger'")
            try #require(stranger.code == 0)
            let refused = try handOver(options, root: root)
            #expect(
                refused.code == 65 && refused.errors.contains("idevid_refused")
                    && refused.errors.contains(reason), "\(refused.errors)")
        }
        let without = try DeviceProcess(
            disk: home.directory.file("plain"), tty: tty, ["--identity", "SIM-1"])
        defer { withExtendedLifetime(without) {} }
        let refused = try home.muster("hand-over SIM-1 --to serial:\(tty) --idevid-root maker.pem")
        #expect(refused.code == 65 && refused.errors.contains("shows none"), "\(refused.errors)")
        let kinds = try home.muster("device history --json SIM-1").objects.compactMap {
            $0["kind"] as? String
        }
        #expect(!kinds.contains("provision"))
    }

    @Test func `a copied certificate gets no made key by saying that it cannot make one`() throws {
        try Files.writeAtomically(
            Array("tisch-pferd-lampe-zwiebel".utf8), to: home.directory.file("pass"), mode: 0o600)
        #expect(try home.muster("vault create --passphrase-file pass").code == 0)
        let refused = try handOver(
            idevid("idevid", key: "other") + ["--takes-key"], as: "--make-key --passphrase-file pass")
        #expect(refused.code == 65 && refused.errors.contains("signs nothing"), "\(refused.errors)")
    }
}
