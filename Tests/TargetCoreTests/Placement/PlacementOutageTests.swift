import Model
import TargetCore
import Testing

/// Targets that were found to be down without anybody saying so.
@Suite struct PlacementOutageTests {
    private func answer(
        _ rules: PlacementRules, _ question: PlacementQuestion, outages: Set<TargetID>
    ) -> PlacementAnswer {
        rules.answer(to: question, outages: outages, digests: placementDigests)
    }

    @Test func `a device goes to the next, which says why`() {
        let answer = answer(.sample(.static), question(), outages: ["eu-north"])
        #expect(answer.target == "eu-west")
        #expect(answer.reason.contains("eu-north is down"), "\(answer.reason)")
    }

    @Test func `where nothing would be left, the fault may be on this side and nothing is believed`() {
        let all: Set<TargetID> = ["eu-north", "eu-west", "us-east"]
        #expect(answer(.sample(.static), question(), outages: all).target == "eu-north")
        #expect(
            answer(.sample(.static), question(current: "eu-west"), outages: all).target
                == PlacementRules.sample(.static).answer(question(current: "eu-west")).target)
    }

    @Test func `what a person has marked as down stays down all the same`() {
        var rules = PlacementRules.sample(.static)
        rules.change("eu-north") { $0.standing = .down }
        #expect(answer(rules, question(), outages: ["eu-west"]).target == "us-east")
        #expect(answer(rules, question(), outages: ["eu-west", "us-east"]).target == "eu-west")
    }
}
