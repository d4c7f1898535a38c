import Canvas
import HandOver
import Model
import Screens
import Testing

/// Asking a device's target, and the device itself, on the screen.
@Suite struct WitnessScreenTests {
    private let lane = Scene.gateway.lane
    private let line = HandOverWay("serial:/dev/ttyUSB0")

    private func wishes(_ stage: Stage) -> [VerifyWish] {
        stage.take().compactMap { if case .verify(let wish) = $0 { wish } else { nil } }
    }

    private func asks(_ stage: Stage) -> [VerifyWish.Witness] { wishes(stage).map(\.witness) }

    // MARK: The target

    @Test func `the target is asked with one key, whatever Muster has at hand itself`() {
        let stage = Stage()
        var facts = VerifyFacts(lane: lane)
        facts.canAskTarget = true
        Scene.verifying(stage, facts, Scene.targeted)
        stage.type("2")
        stage.type("2")
        #expect(wishes(stage) == [VerifyWish(lane: lane, witness: .target)])
        #expect(stage.screen.contains("It is being tried"))
    }

    @Test func `without a target nobody is asked, and the reason is said`() {
        let stage = Stage()
        Scene.verifying(stage, Scene.known)
        stage.type("2")
        #expect(asks(stage).isEmpty && stage.screen.contains("It is with no target"))
        var unknown = Scene.gateway
        unknown.state = nil
        let other = Stage()
        Scene.verifying(other, Scene.askable, unknown)
        other.type("2")
        #expect(asks(other).isEmpty && other.screen.contains("Nothing is known of this device yet"))
    }

    @Test func `a question that is not answered yet is not put a second time`() {
        let stage = Stage()
        var facts = Scene.askable
        facts.question = .test(1)
        Scene.verifying(stage, facts, Scene.targeted)
        #expect(stage.screen.contains("Its target is asked; the answer is awaited"))
        stage.type("2")
        #expect(asks(stage).isEmpty && stage.screen.contains("asked already"))
    }

    @Test func `the word of the target says whose it is; AGAIN asks it again, not Muster`() {
        let stage = Stage()
        Scene.askTarget(stage)
        #expect(stage.screen.contains("The registrar asks its target"))
        stage.answer(.verifyEnded(lane, .proven(Scene.seen, .test(1))))
        #expect(stage.screen.contains("✓ Online by its target's word: seen at mqtts://hub.acme.example"))
        #expect(stage.screen.contains("by its old certificate or the new"))
        _ = stage.take()
        stage.enter()
        #expect(asks(stage) == [.target])
    }

    @Test func `what the target has not seen is no proof, and the next step is said`() {
        let stage = Stage()
        Scene.askTarget(stage)
        let failure = Scene.failure("not_seen_by_target", "eu has not seen it yet", by: .target)
        stage.answer(.verifyEnded(lane, .failed(failure.explanation, .test(1))))
        #expect(stage.screen.contains("! Nothing is proven: eu has not seen it yet."))
        #expect(stage.screen.contains("→ Check power and network") && !stage.screen.contains("Online"))
    }

    @Test func `while its answer is awaited the mark follows the store, and Enter syncs`() {
        let stage = Stage()
        stage.answer(.networkChanged(.offline(Scene.unreachable)))
        Scene.awaited(stage, .saved)
        #expect(stage.screen.contains("It is asked by itself when there is a network"))
        #expect(stage.screen.contains("● saved") && !stage.screen.contains("Online"))
        _ = stage.take()
        stage.enter()
        #expect(stage.take() == [.syncNow])
        stage.give(.storeChanged)
        #expect(stage.take().contains(.lookAtVerify(lane, .test(1))))
        stage.answer(.operationsLoaded([Scene.row(1, .sent)]))
        stage.answer(.verifyEnded(lane, .awaited(.test(1))))
        #expect(stage.screen.contains("↑ sent") && stage.screen.contains("on its way"))
        stage.answer(.operationsLoaded([Scene.row(1, .confirmed)]))
        stage.answer(.verifyEnded(lane, .proven(Scene.seen, .test(1))))
        #expect(
            stage.screen.contains("✓ Online by its target's word") && stage.screen.contains("✓ confirmed"))
    }

    @Test func `what is still awaited is not asked for in a circle`() {
        let stage = Stage()
        Scene.awaited(stage, .saved)
        _ = stage.take()
        stage.answer(.verifyEnded(lane, .awaited(.test(1))))
        stage.answer(.verifyEnded(lane, .proven(Scene.seen, .test(9))))
        #expect(stage.take().isEmpty)
        #expect(!stage.screen.contains("Online"), "the answer to another question is not this one's")
    }

    @Test func `who has to sign in is told so, and not sent for a network`() {
        let stage = Stage()
        stage.answer(.networkChanged(.signedOut(Scene.unreachable)))
        Scene.awaited(stage, .saved)
        #expect(stage.screen.contains("after the next sign-in"))
    }

    @Test func `a question that the registrar refuses is called so, with why`() {
        let stage = Stage()
        Scene.awaited(stage, .needsYou)
        #expect(stage.screen.contains("! The registrar has not taken it."))
        #expect(stage.screen.contains("! needs you") && !stage.screen.contains("when there is a network"))
        _ = stage.take()
        stage.enter()
        #expect(stage.screen.contains("Operation") && stage.screen.contains("2 Withdraw"))
        #expect(!stage.take().contains(.syncNow))
    }

    @Test func `a question that somebody gave up is awaited no more`() {
        let stage = Stage()
        Scene.awaited(stage, .closed)
        #expect(stage.screen.contains("The question was given up"))
        _ = stage.take()
        stage.enter()
        #expect(asks(stage) == [.target], "it can be asked anew")
    }

    @Test func `the operation is seen while the answer is waited for`() {
        let stage = Stage()
        Scene.askTarget(stage)
        _ = stage.take()
        stage.answer(.verifyStepped(lane, .saved(.test(1))))
        #expect(stage.take() == [.loadOperations([.test(1)])])
        stage.answer(.operationsLoaded([Scene.row(2, .confirmed), Scene.row(1, .saved)]))
        #expect(stage.screen.contains("● saved"))
        stage.give(.storeChanged)
        #expect(stage.take().contains(.loadOperations([.test(1)])))
    }

    @Test func `where Muster had no key, the target is named as the one to ask`() {
        let stage = Stage()
        Scene.verifying(stage, Scene.askable, Scene.targeted)
        stage.enter()
        var service = Scene.proof
        (service.witness, service.extent) = (.muster, .endpoint)
        stage.answer(.verifyEnded(lane, .proven(service, .test(1))))
        #expect(stage.screen.contains("press Ask target"))
        stage.answer(.operationsLoaded([Scene.row(1, .needsYou)]))
        #expect(!stage.screen.contains("✓ mqtts"), "what the registrar refuses is not called good")
    }

    // MARK: The device

    @Test func `the device is asked by the way of the last time`() {
        let stage = Stage()
        Scene.reached(stage, by: line)
        Scene.verifying(stage, Scene.known)
        stage.type("3")
        #expect(wishes(stage) == [VerifyWish(lane: lane, witness: .device(line))])
        #expect(stage.screen.contains("Asking the device by serial:/dev/ttyUSB0"))
        stage.answer(.verifyEnded(lane, .proven(Scene.signed, .test(1))))
        #expect(stage.screen.contains("✓ Online by its own signed word: connected to"))
        stage.enter()
        #expect(asks(stage) == [.device(line)])
    }

    @Test func `without a way that answers the device is not asked, and the reason is said`() {
        for (way, reason) in [
            (nil, "press Way, or hand over"), (HandOverWay("dir:/media/STICK"), "Nobody answers there"),
            (HandOverWay("serial:/dev/ttyUSB0", console: "p.json"), "Nobody answers there"),
            (HandOverWay("ssh://u@h/drop"), "Nobody answers there"),
            (HandOverWay("https://10.0.0.7"), "press Known by"),
        ] as [(HandOverWay?, String)] {
            let stage = Stage()
            if let way { Scene.reached(stage, by: way) }
            Scene.verifying(stage, Scene.known)
            stage.type("3")
            #expect(asks(stage).isEmpty && stage.screen.contains(reason), "\(stage.screen)")
        }
    }

    @Test func `a device without a certificate has nothing to sign against`() {
        let stage = Stage()
        Scene.reached(stage, by: line)
        var bare = Scene.gateway
        bare.certificateChain = nil
        Scene.verifying(stage, Scene.known, bare)
        stage.type("3")
        #expect(asks(stage).isEmpty && stage.screen.contains("No certificate has come back"))
    }

    @Test func `a way is chosen as for a hand-over, and the device asked by it at once`() {
        let stage = Stage()
        Scene.choosingWay(stage)
        #expect(stage.screen.contains("serial:/dev/ttyUSB0") && !stage.screen.contains("dir:"))
        stage.enter()
        #expect(stage.screen.contains("ASK THE DEVICE") && !stage.screen.contains("HAND OVER"))
        _ = stage.take()
        stage.enter()
        let requests = stage.take()
        #expect(requests.contains(.verify(VerifyWish(lane: lane, witness: .device(line)))))
        #expect(!requests.contains { if case .handOver = $0 { true } else { false } })
        #expect(stage.state.ways[ProductID(trusted: "gateway")] == line, "it is known the next time")
        #expect(stage.screen.contains("Asking the device by serial:/dev/ttyUSB0"))
    }

    @Test func `a directory that is typed all the same is no way to ask`() {
        let stage = Stage()
        Scene.choosingWay(stage)
        stage.press(.end)
        stage.enter()
        stage.type("\u{15}")
        stage.type("dir:/x")
        stage.enter()
        _ = stage.take()
        stage.enter()
        #expect(asks(stage).isEmpty && stage.screen.contains("Nobody answers there"))
    }

    @Test func `of a device that does not answer nothing is proven, and a way can be chosen`() {
        let stage = Stage()
        Scene.reached(stage, by: line)
        Scene.verifying(stage, Scene.known)
        stage.type("3")
        let silent = HandOverError.noAnswer(link: line.link).explanation(asking: "GW-1")
        stage.answer(.verifyEnded(lane, .notTried(silent)))
        #expect(stage.screen.contains("! Nothing is proven of GW-1: nobody answers on serial:/dev/ttyUSB0."))
        #expect(!stage.screen.contains("handed over"))
        stage.type("4")
        #expect(stage.screen.contains("Choose how to reach the device"))
    }

    // MARK: The interruption

    @Test func `a device that may be connected is thrown out only once the end of its name is typed`() {
        let stage = Stage()
        Scene.interruptible(stage)
        #expect(stage.screen.contains("May the device be thrown out") && stage.screen.contains("8 Interrupt"))
        #expect(wishes(stage).map(\.mayInterrupt) == [false])
        stage.type("8")
        #expect(stage.screen.contains("thrown out for a moment."))
        for text in ["", "GW-2"] {
            stage.type(text)
            stage.enter()
        }
        stage.scan("SN-1001")
        #expect(wishes(stage).isEmpty)
        stage.type("gw-1")
        stage.enter()
        #expect(wishes(stage) == [VerifyWish(lane: lane, mayInterrupt: true)])
        // The next try is asked about anew.
        let error = WitnessError.mayInterrupt(device: "GW-1", target: "eu")
        stage.answer(.verifyEnded(lane, .notTried(error.explanation)))
        stage.enter()
        #expect(wishes(stage).map(\.mayInterrupt) == [false])
    }

    @Test func `an interruption is allowed where it was asked about alone`() {
        let stage = Stage()
        Scene.verifying(stage, Scene.known)
        stage.type("8")
        #expect(stage.screen.contains("No interruption is asked about"))
        stage.enter()
        stage.answer(.verifyEnded(lane, .notTried(Scene.unreachable)))
        stage.type("8")
        #expect(stage.screen.contains("No interruption is asked about"))
    }

    // MARK: Line by line

    @Test func `line by line the same is said, and asked`() {
        let stage = Stage()
        Scene.verifying(stage, Scene.askable, Scene.targeted)
        _ = stage.take()
        stage.line(".2")
        #expect(asks(stage) == [.target])
        stage.answer(.verifyEnded(lane, .awaited(.test(1))))
        stage.answer(.operationsLoaded([Scene.row(1, .saved)]))
        let lines = LinearView(stage.state, stage.reader).lines
        #expect(lines.contains { $0.contains("The question is saved") } && lines.contains("Enter: SYNC"))
        #expect(lines.contains("operation: ● saved"))
        stage.line("")
        #expect(stage.take().contains(.syncNow))
    }
}
