import Foundation
import Model
import Processes
import TestSupport
import Testing

/// The vault with the real program: what lies in the files of a stolen tablet, and what a passphrase opens.
@Suite struct VaultTests {
    private let home: Home
    private let server: Server
    /// What the registrar knows the operator by.
    private let token: String

    private static let passphrase = "tisch-pferd-lampe-zwiebel-fluss"

    init() throws {
        home = try Home()
        try home.makeTeamRegistrar()
        server = try Server(home, directory: "reg")
        let pairing = try home.registrar(
            "pairing jk --directory reg --url https://127.0.0.1:\(server.port) --output jk.pairing")
        try #require(pairing.code == 0)
        let file =
            try JSONSerialization.jsonObject(
                with: Data(try home.contents("jk.pairing").utf8)) as? [String: Any]
        token = try #require(file?["token"] as? String)
        try #require(try home.muster("registrar pair jk.pairing").code == 0)
        try writePassphrase(Self.passphrase)
    }

    private func writePassphrase(_ text: String, to name: String = "pass") throws {
        let path = try home.write(text + "\n", to: name)
        try Files.writeAtomically(Array((text + "\n").utf8), to: path, mode: 0o600)
    }

    /// Whether any file of the store holds the text, in one of the ways in which text is written.
    private func storeHolds(_ text: String) throws -> [String] {
        try SecretSearch(text).hits(in: home.store)
    }

    @Test
    func `without a vault the sign-in lies in the store, and is gone from every file once there is one`()
        throws
    {
        #expect(try !storeHolds(token).isEmpty, "the search finds nothing at all")
        let made = try home.muster("vault create --passphrase-file pass")
        #expect(made.code == 0, "\(made.errors)")
        #expect(try storeHolds(token) == [])
        #expect(try storeHolds(Self.passphrase) == [])
        try server.stop()
    }

    @Test func `saving and sending need the passphrase, say so, and go on with it`() throws {
        #expect(try home.muster("vault create --passphrase-file pass").code == 0)
        let refused = try home.muster("commission --json --serial SN-1")
        #expect(refused.code == 77 && refused.errors.contains("is locked"), "\(refused.errors)")
        let saved = try home.muster("commission --json --serial SN-1 --offline --passphrase-file pass")
        #expect(saved.code == 4, "\(saved.errors)")
        let locked = try home.muster("sync --timeout 0")
        #expect(locked.code == 77 && locked.errors.contains("--passphrase-file"), "\(locked.errors)")
        let sent = try home.muster("sync --passphrase-file pass")
        #expect(sent.code == 0, "\(sent.output)\(sent.errors)")
        #expect(try storeHolds(token) == [])
        let checks = try home.muster("doctor --json --passphrase-file pass").objects
        for check in ["memory", "vault", "operator-key", "registrar"] {
            let found = try #require(checks.first { $0["check"] as? String == check })
            #expect(found["verdict"] as? String != "bad", "\(found)")
        }
        try server.stop()
    }

    @Test func `others of the same user cannot read the memory, and there is no core file`() throws {
        // The program waits for lines, so that it can be looked at while it runs.
        let looked = try home.shell(
            """
            mkfifo lines; muster commission --lines --offline < lines & muster=$!
            exec 3> lines
            until grep -q muster /proc/$muster/comm && [[ -e state/muster/store.db ]]; do :; done
            grep 'core file' /proc/$muster/limits; stat -c %U /proc/$muster/environ
            exec 3>&-; wait $muster
            """)
        #expect(looked.output.contains("Max core file size        0"), "\(looked.output)\(looked.errors)")
        // What is not dumpable belongs to root. Source: proc(5), /proc/pid.
        #expect(looked.output.contains("root"), "\(looked.output)")
        try server.stop()
    }

    /// Puts the last wrong try into the year 2100.
    private func postponeLastFailure() throws {
        let update = "UPDATE vault SET last_failure = 4102444800000"
        _ = try home.write(
            "import sqlite3\nwith sqlite3.connect(\"state/muster/store.db\") as store: store.execute(\"\(update)\")\n",
            to: "postpone.py")
        let run = try home.shell("python3 postpone.py")
        try #require(run.code == 0, "\(run.errors)")
    }

    @Test func `wrong passphrases are counted over processes, wait, and close the vault for good`() throws {
        #expect(try home.muster("vault create --passphrase-file pass").code == 0)
        #expect(try home.muster("commission --serial SN-2 --offline --passphrase-file pass").code == 4)
        try writePassphrase("a-wrong-passphrase", to: "wrong")
        for left in [9, 8, 7] {
            let wrong = try home.muster("sync --passphrase-file wrong")
            #expect(wrong.code == 77 && wrong.errors.contains("tries left: \(left)"), "\(wrong.errors)")
        }
        // As with a clock that was set back: what is left of the wait does not run out before the next program starts.
        try postponeLastFailure()
        let waits = try home.muster("sync --passphrase-file pass")
        #expect(waits.code == 77 && waits.errors.contains("waits"), "\(waits.errors)")
        let standing = try #require(try home.muster("vault status --json").objects.first)
        #expect(standing["triesLeft"] as? Int == 7 && standing["closed"] as? Bool == false)
        #expect(try home.muster("commission --serial SN-3").code == 77)
        #expect(try home.muster("vault destroy").code == 64)
        #expect(try home.muster("vault destroy --yes").code == 0)
        #expect(try home.muster("registrar pair jk.pairing").code == 0)
        let sent = try home.muster("sync")
        #expect(sent.code == 0, "\(sent.output)\(sent.errors)")
        try server.stop()
    }

    @Test func `a passphrase can be changed, and a weak one or an open file is refused`() throws {
        try writePassphrase("short", to: "weak")
        #expect(try home.muster("vault create --passphrase-file weak").errors.contains("at least 16"))
        _ = try home.write(Self.passphrase, to: "open")
        #expect(try home.muster("vault create --passphrase-file open").code == 65)
        #expect(try home.muster("vault create --passphrase-file pass").code == 0)
        try writePassphrase("another-passphrase-of-five-words", to: "new")
        let changed = try home.muster("vault passphrase --passphrase-file pass --new-passphrase-file new")
        #expect(changed.code == 0, "\(changed.errors)")
        #expect(try home.muster("registrar status --passphrase-file pass").code == 77)
        #expect(try home.muster("registrar status --passphrase-file new").code == 0)
        try server.stop()
    }

    @Test func `another passphrase takes nothing that lies open beside the vault`() throws {
        #expect(try home.muster("vault create --passphrase-file pass").code == 0)
        // Paired anew over a closed vault: the new sign-in lies open.
        #expect(try home.muster("registrar pair jk.pairing").code == 0)
        try writePassphrase("another-passphrase-of-five-words", to: "new")
        let changed = try home.muster("vault passphrase --passphrase-file pass --new-passphrase-file new")
        #expect(changed.code == 0, "\(changed.errors)")
        #expect(try home.muster("registrar status --passphrase-file new").code == 0)
        try server.stop()
    }

    @Test func `a secret that was moved to another name or changed is not used`() throws {
        #expect(try home.muster("vault create --passphrase-file pass").code == 0)
        _ = try home.write(
            """
            import sqlite3
            store = sqlite3.connect("state/muster/store.db")
            name, sealed = store.execute("SELECT name, sealed FROM vault_secret").fetchone()
            flipped = sealed.replace(b'"nonce":"', b'"nonce":"AAAA')
            store.execute("UPDATE vault_secret SET sealed = ?", (flipped,))
            store.commit()
            """, to: "tamper.py")
        try #require(try home.shell("python3 tamper.py").code == 0)
        let refused = try home.muster("registrar status --passphrase-file pass")
        #expect(refused.code == 1 && refused.errors.contains("was changed"), "\(refused.errors)")
        try server.stop()
    }

    @Test func `a thief with every file of the store, and all the time, has nothing to use`() throws {
        #expect(try home.muster("vault create --passphrase-file pass").code == 0)
        #expect(
            try home.muster("commission --serial SN-1 --make-key --passphrase-file pass").code == 0)
        #expect(try home.shell("cp -r state thief").code == 0)
        // No key and no token lies open anywhere.
        #expect(try storeHolds("PRIVATE KEY-----") == [])
        #expect(try storeHolds(token) == [])
        _ = try home.write(
            """
            import json, sqlite3
            store = sqlite3.connect("thief/muster/store.db")
            (wrapping,) = store.execute("SELECT wrapping FROM vault").fetchone()
            cost = json.loads(wrapping)["passphrase"]["cost"]
            print(cost["n"] * cost["r"] * cost["p"])
            # What counts the tries is the thief's to set back: the price of each try is not.
            store.execute("UPDATE vault SET failures = 0, last_failure = NULL")
            store.commit()
            """, to: "thief.py")
        let price = try home.shell("python3 thief.py")
        #expect(Int(price.output.filter(\.isNumber)) ?? 0 >= 1 << 20, "\(price.output)\(price.errors)")
        for guess in ["0000000000000000", "jk-jk-jk-jk-jk-jk", "passwordpassword"] {
            try writePassphrase(guess, to: "guess")
            let refused = try home.muster(
                "hand-over SN-1 --to dir:. --passphrase-file guess --store thief/muster")
            #expect(refused.code != 0)
            let status = try home.muster("registrar status --passphrase-file guess --store thief/muster")
            #expect(status.code == 77, "\(status.errors)")
        }
        // Without the passphrase the thief can look and cannot act: nothing was sent in jk's name.
        let sync = try home.muster("sync --timeout 0 --headless --store thief/muster")
        #expect(sync.code == 77)
        try server.stop()
    }
}
