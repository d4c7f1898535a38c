import Canvas
import HandOver
import Model
import Screens

extension Scene {
    static let handOvers: [Scene] = [
        Scene(name: "hand-over") { choosing($0) },
        Scene(name: "hand-over-looking") { stage in
            choosing(stage)
            stage.type("4")
        },
        Scene(name: "hand-over-interrupted") { stage in
            var record = HandOverRecord(
                device: gateway.lane, deviceName: "GW-1", link: "dir:/media/jk/STICK",
                operatorID: OperatorID(trusted: "jk"), startedAt: Timestamp(milliseconds: 1_764_000_000_000),
                nonce: [1])
            record.state = .confirm
            choosing(stage, record)
        },
        Scene(name: "hand-over-ready") { ready($0) },
        Scene(name: "hand-over-unknown") { stage in
            ready(stage, "https://10.0.0.7")
        },
        Scene(name: "hand-over-running") { running($0, Array(steps.prefix(3))) },
        Scene(name: "hand-over-stopping") { stage in
            running(stage, Array(steps.prefix(1)))
            stage.escape()
        },
        Scene(name: "hand-over-done") { stage in
            running(stage, steps)
            stage.answer(.handOverEnded(gateway.lane, .done))
            stage.answer(.operationsLoaded([row(1, .saved)]))
        },
        Scene(name: "hand-over-carry") { stage in
            running(stage, Array(steps.prefix(4)) + [.deviceAway(isCarried: true)])
            stage.answer(.handOverEnded(gateway.lane, .paused))
        },
        Scene(name: "hand-over-other") { stage in
            running(stage, [])
            let error = HandOverError.otherDevice(
                expected: "GW-1", field: "serial", scanned: "GW-1", said: "GW-2")
            stage.answer(.handOverEnded(gateway.lane, .failed(error.explanation)))
        },
        Scene(name: "hand-over-new-key") { stage in
            running(stage, Array(steps.prefix(1)))
            stage.answer(.handOverEnded(gateway.lane, .failed(cloned)))
        },
        Scene(name: "confirm-new-key") { stage in
            running(stage, Array(steps.prefix(1)))
            stage.answer(.handOverEnded(gateway.lane, .failed(cloned)))
            stage.type("8")
            stage.type("GW")
        },
    ]

    static let gateway = facts(history: [])

    static let linksFound = Screens.Answer.linksFound(
        gateway.lane, FoundLinks(sticks: ["dir:/media/jk/STICK"], serialLines: ["serial:/dev/ttyUSB0"]), nil)

    static let cloned = HandOverError.clonedIdentity(
        device: "GW-1", reason: "its key is not the one that its certificate on record is for"
    ).explanation

    /// Everything that happens in a hand-over over a serial line.
    static let steps: [HandOverStep] = [
        .identified(
            IdentityComparison(
                scanned: gateway.identity, said: DeviceAnnouncement(fields: ["serial": "GW-1"]))),
        .requestTaken(.checked), .certificateThere, .installed(hasEndpoint: true), .switched, .confirmed,
        .noted(.test(1)),
    ]

    static func choosing(_ stage: Stage, _ record: HandOverRecord? = nil) {
        device(stage)
        stage.type("3")
        stage.answer(.deviceLoaded(gateway))
        let links = FoundLinks(sticks: ["dir:/media/jk/STICK"], serialLines: ["serial:/dev/ttyUSB0"])
        stage.answer(.linksFound(gateway.lane, links, record))
    }

    static func ready(_ stage: Stage, _ link: String = "serial:/dev/ttyUSB0@115200") {
        choosing(stage)
        stage.press(.end)
        stage.enter()
        stage.type("\u{15}")
        stage.type(link)
        stage.enter()
    }

    static func running(_ stage: Stage, _ steps: [HandOverStep]) {
        ready(stage)
        stage.enter()
        for step in steps { stage.answer(.handOverStepped(gateway.lane, step)) }
    }
}
