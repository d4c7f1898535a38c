import Model
import Screens

extension Scene {
    static let signIns: [Scene] = [
        Scene(name: "home-signed-in") { $0.answer(.workLoaded(team(hours: 7))) },
        Scene(name: "home-sign-in-ended") { $0.answer(.workLoaded(team(hours: -1))) },
        Scene(name: "unlock-team") { stage in
            stage.answer(.workLoaded(team(hours: 7)))
            stage.type("8")
        },
        Scene(name: "sign-in") { signingIn($0) },
        Scene(name: "sign-in-password") { stage in
            signingIn(stage)
            stage.enter()
            stage.type("tisch pferd")
        },
        Scene(name: "sign-in-asking") { asking($0) },
        Scene(name: "sign-in-wrong") { refused($0, .wrong) },
        Scene(name: "sign-in-limited") { refused($0, .limited(until: moment.advanced(bySeconds: 3600))) },
        Scene(name: "sign-in-offline") { refused($0, .notReached(unreachable)) },
    ]

    /// A team's session that ends in so many hours.
    static func team(hours: Int64) -> WorkFacts {
        var work = Stage.work
        work.session?.until = moment.advanced(bySeconds: hours * 3600)
        work.sessions = work.session.map { [$0] } ?? []
        return work
    }

    static func signingIn(_ stage: Stage) {
        stage.answer(.workLoaded(team(hours: -1)))
        stage.type("82")
    }

    static func asking(_ stage: Stage) {
        signingIn(stage)
        stage.enter()
        stage.type("tisch pferd lampe")
        stage.enter()
    }

    static func refused(_ stage: Stage, _ refusal: SignInRefusal) {
        asking(stage)
        stage.answer(.signInRefused(refusal))
    }
}
