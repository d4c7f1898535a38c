import Model
import TargetCore
import Testing

/// What becomes of a device that has a target.
@Suite struct PlacementReprovisionTests {
    private func answer(
        _ reprovision: PlacementRules.Reprovision, current: TargetID = "eu-west", down: Set<TargetID> = [],
        _ body: (inout PlacementRules) -> Void = { _ in }
    ) -> PlacementAnswer {
        var rules = PlacementRules.sample(.lowestLatency, reprovision: reprovision)
        body(&rules)
        return rules.answer(question(current: current, down: down))
    }

    @Test func `kept where it is`() {
        let answer = answer(.keep)
        #expect(answer.target == "eu-west")
        #expect(answer.change == .stays)
        #expect(answer.from == nil)
        #expect(
            answer.reason
                == "eu-west: devices are kept where they are; the rules would now choose eu-north")
    }

    @Test func `moved with what is known of it, or afresh`() {
        let migrated = answer(.migrate)
        #expect(migrated.target == "eu-north")
        #expect(migrated.change == .migrate)
        #expect(migrated.from == "eu-west")
        #expect(
            migrated.reason == "eu-north: nearest to site tromso (12 ms); it moves from eu-west")
        let reset = answer(.reset)
        #expect(reset.change == .reset)
        #expect(
            reset.reason
                == "eu-north: nearest to site tromso (12 ms); it leaves eu-west and starts afresh")
    }

    @Test(arguments: PlacementRules.Reprovision.allCases)
    func `a device whose target is chosen again stays`(reprovision: PlacementRules.Reprovision) {
        #expect(answer(reprovision, current: "eu-north").change == .stays)
    }

    @Test(arguments: PlacementRules.Reprovision.allCases)
    func `what a target that is down holds is left behind`(reprovision: PlacementRules.Reprovision) {
        let answer = answer(reprovision, current: "eu-north", down: ["eu-north"])
        #expect(answer.target == "eu-west")
        #expect(answer.change == .reset)
        #expect(
            answer.reason
                == "eu-west: next nearest to site tromso (30 ms); eu-north is down; it starts afresh, as "
                + "eu-north is down")
    }

    @Test func `a target that drains or is full keeps what it has and takes nothing new`() {
        for reprovision in PlacementRules.Reprovision.allCases {
            for body: (inout PlacementCandidate) -> Void in [
                { $0.standing = .draining }, { $0.capacity = 1 },
            ] {
                var rules = PlacementRules.sample(.lowestLatency, reprovision: reprovision)
                rules.change("eu-north", body)
                let devices: [TargetID: Int] = ["eu-north": 1]
                #expect(rules.answer(question(current: "eu-north", devices: devices)).target == "eu-north")
                #expect(rules.answer(question(devices: devices)).target == "eu-west")
            }
        }
    }

    @Test func `weight 0 empties a target as far as devices may move`() {
        let empty: (inout PlacementRules) -> Void = { $0.change("eu-north") { $0.weight = 0 } }
        #expect(answer(.keep, current: "eu-north", empty).change == .stays)
        #expect(answer(.migrate, current: "eu-north", empty).target == "eu-west")
    }

    @Test func `a target that is no candidate any more is left`() {
        let answer = answer(.keep, current: "old")
        #expect(answer.target == "eu-north")
        #expect(answer.change == .migrate)
        #expect(
            answer.reason
                == "eu-north: nearest to site tromso (12 ms); it moves from old, which is no "
                + "candidate any more"
        )
        #expect(self.answer(.keep, current: "old", down: ["old"]).change == .reset)
    }

    @Test func `when no target takes it, it stays unless its own is down`() {
        let nowhere: (inout PlacementRules) -> Void = { rules in
            rules.candidates = [PlacementCandidate("eu-west", weight: 0)]
        }
        let stays = answer(.migrate, nowhere)
        #expect(stays.change == .stays)
        #expect(stays.reason == "eu-west: it stays, as no target takes it: eu-west has weight 0")
        let none = answer(.migrate, down: ["eu-west"], nowhere)
        #expect(none.target == nil)
        #expect(none.change == .none)
    }
}
