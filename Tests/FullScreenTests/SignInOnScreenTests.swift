import Foundation
import Processes
import TestSupport
import Testing

/// A shift on the real screen: signed in and out, refused, and working without.
@Suite struct SignInOnScreenTests {
    private static let password = "ein-langes-passwort-4711"
    private let tablet: Tablet
    private let server: Server

    init() throws {
        tablet = try Tablet()
        let home = tablet.home
        try home.makeTeamRegistrar()
        try Files.writeAtomically(
            Array("\(Self.password)\n".utf8), to: home.directory.file("password"), mode: 0o600)
        let set = try home.registrar("operator password jk --directory reg --password-file password")
        try #require(set.code == 0, "\(set.errors)")
        server = try Server(home, directory: "reg")
        try #require(try home.shell("cp reg/keys/root.pem root.pem").code == 0)
        let first = try tablet.muster(
            "sign-in --operator jk --password-file password --root root.pem "
                + "--registrar https://127.0.0.1:\(server.port)")
        try #require(first.code == 0, "\(first.errors)")
    }

    private func openSignIn(_ session: PTYSession) throws {
        try session.press("8")
        try session.see("Who works")
        try session.press("2")
        try session.see("operator jk▏")
        try session.press(Keys.enter)
        try session.see("Password ▏")
    }

    private func give(_ password: String, to session: PTYSession) throws {
        try session.type(password, into: "Password", mask: "•")
        try session.press(Keys.enter)
    }

    @Test func `signed out work is saved; a wrong password is told, the right one sends it`() throws {
        #expect(try tablet.muster("sign-out").code == 0)
        let session = try tablet.open()
        try session.see("The sign-in of jk ended")
        try session.scan("SN-1001")
        try session.save("SN-1001")
        try session.press("8")
        try session.see("SCAN A DEVICE")
        try openSignIn(session)
        try give("nicht-das-passwort", to: session)
        try session.see("The name or the password is not right")
        try give(Self.password, to: session)
        try session.see("✓ jk is signed in until")
        try session.press(Keys.escape)
        try session.see("jk is signed in until")
        try session.see("● 0 saved  ↑ 0 sent")
        try session.press(Keys.interrupt)
        #expect(try session.end() == .exited(0))
        for secret in [Self.password, "nicht-das-passwort"] {
            #expect(SecretSearch(secret).form(in: Data(session.transcript)) == nil)
        }
        try server.stop()
    }

    @Test func `after too many wrong passwords the screen says until when, and no more`() throws {
        let session = try tablet.open()
        try session.see("SCAN A DEVICE")
        try openSignIn(session)
        var tries = 0
        while !session.screen.contains("Too many wrong"), tries < 12 {
            try session.paste("falsch-falsch-\(tries)")
            try session.see("Password •")
            try session.press(Keys.enter)
            try session.see("an answer") { screen in
                screen.contains("Password ▏")
                    && (screen.contains("is not right") || screen.contains("Too many wrong"))
            }
            tries += 1
        }
        #expect(tries == 11)
        try server.stop()
    }

    @Test func `without the registrar the tablet goes on; signed out is signed out`() throws {
        let session = try tablet.open()
        try session.see("jk is signed in until")
        try server.stop()
        try openSignIn(session)
        try give(Self.password, to: session)
        try session.see("what you capture is saved")
        try session.press(Keys.escape)
        try session.press(Keys.escape)
        try session.see("Who works")
        try session.press("3")
        try session.see("jk is signed out here; the registrar was not told")
        try session.seeRow("signed out")
        try session.press(Keys.escape)
        try session.scan("SN-1001")
        try session.see("This is SN-1001")
    }

    @Test func `line by line nothing of the password is said`() throws {
        let session = try LineSession(tablet)
        try session.hear(".8 Who")
        try session.say(".8")
        try session.hear("jk, Acme")
        try session.say(".2")
        try session.hear("operator: jk")
        try session.say("jk")
        try session.hear("Password?")
        try session.say(Self.password)
        try session.hear("jk is signed in until")
        #expect(try session.finish() == 0)
        #expect(SecretSearch(Self.password).form(in: Data(session.said)) == nil)
        try server.stop()
    }
}
