import HandOver
import Model
import Screens

/// Proofs by the word of the device's target, or of the device.
extension Scene {
    static let witnesses: [Scene] = [
        Scene(name: "verify-others") { stage in
            reached(stage)
            verifying(stage, askable, targeted)
        },
        Scene(name: "verify-asking-target") { stage in
            askTarget(stage)
            stage.answer(.verifyStepped(gateway.lane, .saved(.test(1))))
            stage.answer(.operationsLoaded([row(1, .sent)]))
        },
        Scene(name: "verify-target-proven") { stage in
            askTarget(stage)
            stage.answer(.verifyEnded(gateway.lane, .proven(seen, .test(1))))
            stage.answer(.operationsLoaded([row(1, .confirmed)]))
        },
        Scene(name: "verify-target-failed") { stage in
            askTarget(stage)
            let failed = failure("not_seen_by_target", "eu has not seen it yet", by: .target)
            stage.answer(.verifyEnded(gateway.lane, .failed(failed.explanation, .test(1))))
            stage.answer(.operationsLoaded([row(1, .confirmed)]))
        },
        Scene(name: "verify-waits") { awaited($0, .saved) },
        Scene(name: "verify-sent") { stage in
            stage.answer(.networkChanged(.online))
            awaited(stage, .sent)
        },
        Scene(name: "verify-refused") { awaited($0, .needsYou) },
        Scene(name: "verify-asked-before") { stage in
            var facts = askable
            facts.question = .test(1)
            verifying(stage, facts, targeted)
        },
        Scene(name: "verify-asking-device") { stage in
            reached(stage)
            verifying(stage, askable)
            stage.type("3")
        },
        Scene(name: "verify-device-proven") { stage in
            reached(stage)
            verifying(stage, askable)
            stage.type("3")
            stage.answer(.verifyEnded(gateway.lane, .proven(signed, .test(1))))
            stage.answer(.operationsLoaded([row(1, .saved)]))
        },
        Scene(name: "verify-device-silent") { stage in
            reached(stage)
            verifying(stage, askable)
            stage.type("3")
            let silent = HandOverError.noAnswer(link: "serial:/dev/ttyUSB0").explanation(asking: "GW-1")
            stage.answer(.verifyEnded(gateway.lane, .notTried(silent)))
        },
        Scene(name: "verify-no-way") { stage in
            verifying(stage, askable)
            stage.type("3")
        },
        Scene(name: "verify-way") { choosingWay($0) },
        Scene(name: "verify-way-ready") { stage in
            choosingWay(stage)
            stage.enter()
        },
        Scene(name: "verify-interrupt") { interruptible($0) },
        Scene(name: "confirm-interrupt") { stage in
            interruptible(stage)
            stage.type("8")
            stage.type("GW")
        },
    ]

    static let askable: VerifyFacts = {
        var facts = known
        (facts.canAskTarget, facts.holdsKey) = (true, false)
        return facts
    }()

    static let targeted: DeviceFacts = {
        var facts = gateway
        facts.target = target
        return facts
    }()

    static let seen = ConnectionProof(
        device: gateway.lane, endpoint: "mqtts://hub.acme.example:8883", witness: .target,
        extent: .authenticated, provenAt: moment, isByOldOrNew: true)

    static let signed = ConnectionProof(
        device: gateway.lane, endpoint: "mqtts://broker.acme.example:8883", witness: .device,
        extent: .authenticated, provenAt: moment)

    static func failure(
        _ code: String, _ text: String = "it says so", by witness: ConnectionProof.Witness
    ) -> ConnectionFailure {
        ConnectionFailure(
            device: gateway.lane, endpoint: "mqtts://hub.acme.example:8883", witness: witness,
            triedAt: moment, cause: ConnectionFailure.Cause(code: code, text: text))
    }

    /// The product's devices were last reached over a line.
    static func reached(_ stage: Stage, by way: HandOverWay = HandOverWay("serial:/dev/ttyUSB0")) {
        stage.state.ways[ProductID(trusted: "gateway")] = way
    }

    static func askTarget(_ stage: Stage) {
        verifying(stage, askable, targeted)
        stage.type("2")
    }

    static func awaited(_ stage: Stage, _ mark: OperationMark) {
        askTarget(stage)
        stage.answer(.verifyEnded(gateway.lane, .awaited(.test(1))))
        stage.answer(.operationsLoaded([row(1, mark, code: .unknownDevice)]))
    }

    static func choosingWay(_ stage: Stage) {
        verifying(stage, askable)
        stage.type("4")
        stage.answer(.deviceLoaded(gateway))
        stage.answer(linksFound)
    }

    /// A try was refused, as the device may be connected by its name.
    static func interruptible(_ stage: Stage) {
        verifying(stage, known, targeted)
        stage.enter()
        let error = WitnessError.mayInterrupt(device: "GW-1", target: "eu")
        stage.answer(.verifyEnded(gateway.lane, .notTried(error.explanation)))
    }
}
