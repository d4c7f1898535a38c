import Canvas
import Model
import Screens
import Testing

/// Verifying and revoking on the screen.
@Suite struct ProofScreenTests {
    private let lane = Scene.gateway.lane

    private func wishes(_ stage: Stage) -> [VerifyWish] {
        stage.take().compactMap { if case .verify(let wish) = $0 { wish } else { nil } }
    }

    @Test func `with what is at hand one key tries it, and a second does nothing meanwhile`() {
        let stage = Stage()
        Scene.verifying(stage, Scene.known)
        #expect(stage.screen.contains("the made key in the vault"))
        stage.enter()
        stage.enter()
        stage.type("1")
        #expect(wishes(stage) == [VerifyWish(lane: lane)])
    }

    @Test func `without a service or its root nothing is tried, and the screen says which is missing`() {
        let stage = Stage()
        Scene.verifying(stage, VerifyFacts(lane: lane))
        stage.enter()
        #expect(wishes(stage).isEmpty && stage.screen.contains("press Service"))
        stage.type("6")
        stage.type("broker.example")
        stage.enter()
        stage.enter()
        #expect(wishes(stage).isEmpty && stage.screen.contains("press Root"))
        stage.type("7")
        stage.answer(.filesListed(directory: "/ca", [FileRow(name: "root.pem", isDirectory: false)]))
        stage.enter()
        stage.type("5")
        stage.answer(.filesListed(directory: "/keys", [FileRow(name: "gw-1.key", isDirectory: false)]))
        stage.enter()
        stage.enter()
        #expect(
            wishes(stage) == [
                VerifyWish(
                    lane: lane, endpoint: "mqtts://broker.example", key: "/keys/gw-1.key",
                    root: "/ca/root.pem")
            ])
    }

    @Test func `nothing is called proven that was not`() {
        let stage = Stage()
        Scene.verifying(stage, VerifyFacts(lane: lane))
        #expect(stage.screen.contains("Nothing is proven of its connection yet"))
        let none = Stage()
        var facts = Scene.known
        facts.holdsKey = false
        Scene.verifying(none, facts)
        #expect(none.screen.contains("none: the service alone is proven"))
    }

    @Test func `a trust is taken back once a reason is chosen and the end of the name typed`() {
        let stage = Stage()
        Scene.device(stage)
        stage.type("72")
        stage.type("stolen")
        stage.enter()
        stage.press(.down)
        _ = stage.take()
        stage.enter()
        for attempt in ["", "1", "GW-2"] {
            stage.type(attempt)
            stage.enter()
        }
        stage.scan("SN-1001")
        #expect(!stage.take().contains { if case .revoke = $0 { true } else { false } })
        stage.type("gw-1")
        stage.enter()
        #expect(stage.take().contains(.revoke(lane, .keyCompromise, text: "stolen")))
        #expect(stage.screen.contains("What was done"))
        stage.answer(.operationSaved(lane, .test(9)))
        #expect(stage.screen.contains("Saved, to be sent"))
    }

    @Test func `Esc leaves at any step, and nothing is saved`() {
        let stage = Stage()
        Scene.device(stage)
        stage.type("7")
        stage.enter()
        stage.type("GW-1")
        for _ in 0..<2 { stage.escape() }
        #expect(stage.screen.contains("What was done"))
        #expect(!stage.take().contains { if case .revoke = $0 { true } else { false } })
    }

    @Test func `a device of which nothing is known has nothing to revoke`() {
        let stage = Stage()
        stage.type("4")
        var unknown = Scene.gateway
        unknown.state = nil
        stage.answer(.found("", [unknown]))
        stage.enter()
        stage.answer(.deviceLoaded(unknown))
        stage.type("7")
        #expect(stage.screen.contains("Nothing is known of this device yet"))
    }
}
