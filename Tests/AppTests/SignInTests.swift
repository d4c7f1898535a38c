import Foundation
import Model
import Processes
import TestSupport
import Testing

/// Two operators on one tablet, each with a password, with the real programs.
@Suite struct SignInTests {
    private let home: Home
    private let server: Server

    init() throws {
        home = try Home()
        try home.makeTeamRegistrar("operator add bo --role support --tenant acme")
        for person in ["jk", "bo"] {
            let path = try home.write("", to: "\(person).password")
            try Files.writeAtomically(
                Array("the-password-of-\(person)\n".utf8), to: path, mode: 0o600)
            let set = try home.registrar(
                "operator password \(person) --directory reg --password-file \(person).password")
            try #require(set.code == 0, "\(set.errors)")
        }
        server = try Server(home, directory: "reg")
        try #require(try home.shell("cp reg/keys/root.pem root.pem").code == 0)
    }

    private func signIn(_ person: String, first: Bool = false) throws -> Finished {
        let address = first ? "--registrar https://127.0.0.1:\(server.port) --root root.pem" : ""
        return try home.muster(
            "sign-in --json --operator \(person) --password-file \(person).password \(address)")
    }

    @Test func `a shift: signed in, captured, signed out, captured, and the next one's session sends it all`()
        throws
    {
        let begun = try signIn("jk", first: true)
        #expect(begun.code == 0, "\(begun.errors)")
        #expect(try home.muster("commission --serial SN-1").code == 0)
        let out = try home.muster("sign-out --json")
        #expect(out.code == 0 && out.output.contains(#""toldRegistrar":true"#), "\(out.errors)")
        // Saved without a sign-in; nothing is lost, and the list says how it stands.
        let saved = try home.muster("commission --serial SN-2")
        #expect(saved.code == 4 || saved.code == 3, "\(saved.code) \(saved.errors)")
        #expect(try home.muster("registrar list").output.contains("signed out"))
        #expect(try signIn("bo").code == 0)
        let sent = try home.muster("sync")
        #expect(sent.code == 0, "\(sent.output)\(sent.errors)")
        let states = try home.muster("queue list --json --state all").objects
        #expect(states.allSatisfy { $0["state"] as? String == "applied" }, "\(states)")
        try server.stop()
    }

    @Test func `a wrong password changes nothing, and the operator before stays`() throws {
        #expect(try signIn("jk", first: true).code == 0)
        let wrong = try home.muster("sign-in --operator bo --password-file jk.password")
        #expect(wrong.code == 77, "\(wrong.errors)")
        #expect(try home.muster("commission --serial SN-1").code == 0)
        let listed = try home.muster("registrar list --json").objects
        #expect(listed.count == 1 && listed.first?["operatorID"] as? String == "jk")
        try server.stop()
    }

    @Test func `killed anywhere in a sign-in, nothing is lost, and the next one sends what is saved`() throws
    {
        #expect(try signIn("jk", first: true).code == 0)
        #expect(try home.muster("commission --serial SN-1 --offline").code == 4)
        let killed = try home.shell(
            """
            for moment in 0.01 0.03 0.06 0.1 0.2 0.3 0.4 0.5; do
                timeout -s KILL $moment muster sign-in --operator bo --password-file bo.password
                muster commission --serial SN-$moment --offline > /dev/null
            done; muster doctor --json
            """)
        let books = try killed.objects.first { $0["check"] as? String == "books" }
        #expect(books?["verdict"] as? String == "good", "\(killed.output)\(killed.errors)")
        for person in ["bo", "jk"] { #expect(try signIn(person).code == 0) }
        let sent = try home.muster("sync")
        #expect(sent.code == 0, "\(sent.output)\(sent.errors)")
        let states = try home.muster("queue list --json --state all").objects
        #expect(states.count >= 9 && states.allSatisfy { $0["state"] as? String == "applied" }, "\(states)")
        try server.stop()
    }

    @Test func `with a vault the new token goes there, and a password never lies in the store`() throws {
        #expect(try signIn("jk", first: true).code == 0)
        let path = try home.write("", to: "pass")
        try Files.writeAtomically(Array("tisch-pferd-lampe-zwiebel\n".utf8), to: path, mode: 0o600)
        #expect(try home.muster("vault create --passphrase-file pass").code == 0)
        let again = try home.muster(
            "sign-in --password-file jk.password --passphrase-file pass")
        #expect(again.code == 0, "\(again.errors)")
        _ = try home.write(
            """
            import sqlite3
            for row in sqlite3.connect("state/muster/store.db").execute("SELECT token FROM session"):
                print(repr(row[0]))
            """, to: "tokens.py")
        #expect(try home.shell("python3 tokens.py").output == "''\n")
        #expect(try SecretSearch("the-password-of-jk").hits(in: home.store) == [])
        #expect(try home.muster("commission --serial SN-1 --passphrase-file pass").code == 0)
        try server.stop()
    }
}
