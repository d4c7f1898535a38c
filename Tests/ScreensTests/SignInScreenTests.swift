import Canvas
import Model
import Screens
import Testing

/// Signing in and out on the screen, and work without it.
@Suite struct SignInScreenTests {
    private let password = "tisch pferd lampe"

    /// Who wanted to sign in where, and with what.
    private func signIns(_ stage: Stage) -> [[String]] {
        stage.take().compactMap { request in
            if case .signIn(let registrar, let person, let password) = request {
                [registrar.rawValue, person.rawValue, password.plain]
            } else {
                nil
            }
        }
    }

    @Test func `the password goes to the registrar and is seen nowhere`() {
        let stage = Stage()
        Scene.signingIn(stage)
        stage.enter()
        stage.type(password)
        #expect(stage.screen.contains(String(repeating: "•", count: password.count)))
        #expect(!stage.screen.contains("tisch") && stage.state.takesSecret)
        #expect(!LinearView(stage.state, stage.reader).lines.joined().contains("tisch"))
        stage.enter()
        let session = Stage.session
        #expect(
            signIns(stage) == [[session.registrar.rawValue, session.operatorID.rawValue, password]])
        #expect(!"\(stage.state)".contains("tisch"), "it is forgotten as soon as it is sent")
    }

    @Test func `a second Enter while the registrar is asked sends nothing`() {
        let stage = Stage()
        Scene.asking(stage)
        _ = stage.take()
        stage.type("x")
        stage.enter()
        #expect(signIns(stage).isEmpty)
    }

    @Test(arguments: [
        (SignInRefusal.wrong, "is not right"), (.limited(until: Scene.moment), "looks at none before"),
        (.notReached(Scene.unreachable), "what you capture is saved"),
        (.vaultLocked(OperatorID(trusted: "jk")), "The vault of jk is locked"),
        (.failed(Scene.unreachable), "→ It is sent by itself"),
    ]) func `a refusal is explained, and the password is typed anew`(
        _ refusal: SignInRefusal, _ words: String
    ) {
        let stage = Stage()
        Scene.refused(stage, refusal)
        #expect(stage.screen.replacing("\n ", with: " ").contains(words), "\(stage.screen)")
        #expect(stage.state.takesSecret && !stage.screen.contains("•"))
        stage.type("second try")
        stage.enter()
        #expect(signIns(stage).count == 2)
    }

    @Test func `who is signed in, and until when, is seen at home`() {
        let stage = Stage()
        stage.answer(.workLoaded(Scene.team(hours: 7)))
        #expect(stage.screen.contains("jk is signed in until 2025-11-24 23:00 UTC"))
        Scene.asking(stage)
        stage.answer(.signedIn(OperatorID(trusted: "jk"), until: Scene.moment))
        #expect(stage.screen.contains("✓ jk is signed in until"))
        #expect(stage.screen.contains("Who works"))
    }

    @Test func `a sign-in that has ended stops no capture`() {
        let stage = Stage()
        stage.answer(.workLoaded(Scene.team(hours: -1)))
        #expect(stage.screen.contains("signed out") && stage.screen.contains("The sign-in of jk ended"))
        stage.scan("SN-1001")
        stage.enter()
        stage.answer(.checked(ticket: 1, CheckFacts(lane: .serial("SN-1001", of: nil), findings: [])))
        stage.enter()
        #expect(stage.take().contains { if case .save = $0 { true } else { false } })
    }

    @Test func `a password may be pasted; a scanner signs nobody in`() {
        let stage = Stage()
        Scene.signingIn(stage)
        stage.enter()
        stage.scan("SN-1001")
        #expect(stage.screen.contains("A scan signs nobody in"))
        stage.input(.paste(Array(password.utf8)))
        #expect(!stage.screen.contains("tisch"))
        stage.settle()
        stage.enter()
        #expect(signIns(stage).map(\.last) == [password])
    }

    @Test func `Esc goes from the password to the name, and the password is forgotten`() {
        let stage = Stage()
        Scene.signingIn(stage)
        stage.enter()
        stage.type("tisch")
        stage.escape()
        #expect(stage.screen.contains("operator jk") && !stage.state.takesSecret)
        #expect(!"\(stage.state)".contains("tisch"))
        stage.escape()
        #expect(stage.screen.contains("Who works"))
    }

    @Test func `signing out takes one key, and says whether the registrar heard of it`() {
        let stage = Stage()
        stage.answer(.workLoaded(Scene.team(hours: 7)))
        stage.type("83")
        #expect(stage.take().contains(.signOut))
        stage.answer(.signedOut(OperatorID(trusted: "jk"), toldRegistrar: false))
        #expect(stage.screen.contains("the registrar was not told"))
    }

    @Test func `with the registrar of this machine alone there is nothing to sign in to`() {
        var work = Stage.work
        work.session?.isEmbedded = true
        work.sessions = work.session.map { [$0] } ?? []
        let stage = Stage(work: work)
        stage.type("82")
        #expect(stage.screen.contains("No registrar of a team"))
    }
}
