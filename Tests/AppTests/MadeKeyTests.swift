import Foundation
import Model
import Processes
import TestSupport
import Testing

/// Keys that Muster makes for devices which cannot: sealed at once, given with the principals, wiped once they are proven.
@Suite struct MadeKeyTests {
    private let home: Home

    init() throws {
        home = try Home(["MUSTER_VAULT_PASSPHRASE_FILE": "pass"])
        try Files.writeAtomically(
            Array("tisch-pferd-lampe-zwiebel".utf8), to: home.directory.file("pass"), mode: 0o600)
    }

    private var disk: String { home.directory.file("device") }
    private var tty: String { home.directory.file("tty") }

    private func device(_ options: [String] = []) throws -> DeviceProcess {
        try DeviceProcess(disk: disk, tty: tty, ["--identity", "SIM-1", "--takes-key"] + options)
    }

    private func standing() throws -> [String: Any] {
        try #require(try home.muster("simulate device \(disk) --takes-key --show --json").objects.last)
    }

    private func commission(_ more: String = "") throws -> Finished {
        try home.muster("commission --json --label SN:SIM-1 --make-key \(more)")
    }

    /// The names of the secrets that lie in the store.
    private func secrets() throws -> String {
        _ = try home.write(
            """
            import sqlite3
            for row in sqlite3.connect("state/muster/store.db").execute("SELECT name FROM vault_secret"):
                print(row[0])
            """, to: "secrets.py")
        return try home.shell("python3 secrets.py").output
    }

    /// The number that nobody else may know: that of the curve, or the first prime.
    private func privatePart(_ path: String) throws -> Data {
        let text = try home.shell(
            "openssl pkey -in \(path) -noout -text | awk '/^(priv|prime1):/{f=1;next} /^[^ ]/{f=0} f'"
        ).output
        let digits = Array(text.filter(\.isHexDigit))
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
        try #require(bytes.count >= 31)
        return Data(bytes.drop { $0 == 0 })
    }

    /// The device has what it needs, by OpenSSL's own word, and no file of the store has its key.
    private func expectGivenAndWiped() throws {
        let standing = try standing()
        #expect(standing["principals"] as? String == "whole")
        let key = try #require(standing["keyFile"] as? String)
        let certificate = try #require(standing["certificateFile"] as? String)
        let same = try home.shell(
            "diff <(openssl x509 -in \(certificate) -noout -pubkey) <(openssl pkey -in \(key) -pubout)")
        #expect(same.code == 0, "\(same.output)\(same.errors)")
        #expect(try !secrets().contains("device-key"))
        let secret = try privatePart(key)
        #expect(try SecretSearch(secret).hits(in: home.store) == [])
        #expect(try !SecretSearch(secret).hits(in: disk).isEmpty, "the search finds nothing at all")
    }

    @Test(arguments: ["p256", "ed25519", "rsa2048"])
    func `one command makes the key, gives it and wipes it`(_ kind: String) throws {
        #expect(try home.muster("vault create").code == 0)
        let device = try device()
        defer { withExtendedLifetime(device) {} }
        let finished = try commission("--key-kind \(kind) --hand-over serial:\(tty)")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        try expectGivenAndWiped()
        let history = try home.muster("device history --json SIM-1").output
        #expect(history.contains("\"kind\":\"note\""))
    }

    @Test func `without a vault no key is made, and nothing is saved`() throws {
        let refused = try commission()
        #expect(refused.code == 1 && refused.errors.contains("muster vault create"), "\(refused.errors)")
        #expect(try home.muster("queue list --json --state all").objects.isEmpty)
    }

    @Test func `commissioning twice makes one key and one request`() throws {
        #expect(try home.muster("vault create").code == 0)
        for _ in 0..<2 { #expect(try commission().code == 0) }
        #expect(try secrets().split(separator: "\n").filter { $0.hasPrefix("device-key") }.count == 1)
        let kinds = try home.muster("device history --json SIM-1").objects.compactMap {
            $0["kind"] as? String
        }
        #expect(kinds.filter { $0 == "provision" }.count == 1)
    }

    @Test func `a device that cannot make a key is told from one that can, and a stick keeps none`() throws {
        #expect(try home.muster("vault create").code == 0)
        let stick = home.directory.file("stick")
        try Files.makeDirectories(stick)
        let visit = "simulate device \(disk) --identity SIM-1 --takes-key --directory \(stick)"
        #expect(try home.muster(visit).code == 0)
        #expect(try home.muster("commission --label SN:SIM-1").code == 0)
        let missing = try home.muster("hand-over SIM-1 --to dir:\(stick)")
        #expect(missing.errors.contains("--make-key"), "\(missing.errors)")
        #expect(try home.muster("hand-over SIM-1 --to dir:\(stick) --make-key").code == 3)
        let laid = try home.shell("stat -c %a \(stick)/*/*.key.pem")
        #expect(laid.output == "600\n")
        #expect(try home.muster(visit).code == 0)
        let done = try home.muster("hand-over SIM-1 --to dir:\(stick)")
        #expect(done.code == 0, "\(done.output)\(done.errors)")
        #expect(try home.shell("ls \(stick)/*/*.key.pem").code != 0)
        #expect(try home.muster(visit).code == 0)
        try expectGivenAndWiped()
    }

    @Test(arguments: ["offer", "put", "verify", "keep", "activate", "switched", "confirm"])
    func `a power cut at any moment leaves the key where it is until the device has proven it`(
        _ moment: String
    ) throws {
        #expect(try home.muster("vault create").code == 0)
        #expect(try commission().code == 0)
        do {
            let device = try device(["--power-cut", moment])
            defer { withExtendedLifetime(device) {} }
            #expect(try home.muster("hand-over SIM-1 --to serial:\(tty)").code != 0)
        }
        #expect(try secrets().contains("device-key"))
        #expect(try standing()["principals"] as? String != "broken")
        let device = try device()
        defer { withExtendedLifetime(device) {} }
        let again = try home.muster("hand-over SIM-1 --to serial:\(tty)")
        #expect(again.code == 0, "\(again.output)\(again.errors)")
        try expectGivenAndWiped()
    }

    @Test func `a made key never goes over a link that others can read`() throws {
        #expect(try home.muster("vault create").code == 0)
        #expect(try commission().code == 0)
        let device = try DeviceProcess(disk: disk, ["--identity", "SIM-1", "--takes-key"])
        defer { withExtendedLifetime(device) {} }
        let refused = try home.muster("hand-over SIM-1 --to \(device.place)")
        #expect(refused.code == 64 && refused.errors.contains("private key"), "\(refused.errors)")
        #expect(try standing()["principals"] as? String == "none")
        #expect(try secrets().contains("device-key"))
    }
}
