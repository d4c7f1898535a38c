import Foundation
import Model
import TestSupport
import Testing

/// What an administrator sets and sees of targets: own limits, clocks that are off, what was found by itself.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct TargetStandingTests {
    private let home: Home
    private let peer: AzurePeer

    init() throws {
        home = try Home()
        peer = try AzurePeer(["--retry-after", "0"])
        try #require(try home.muster("demo --prepare").code == 0)
        try home.addHub("eu", of: peer, proof: "symmetricKey")
    }

    private func limit(_ finished: Finished) throws -> [String: Any] {
        try #require(try finished.objects.first { $0["limit"] as? String == "azure_hub_registry" })
    }

    @Test func `own numbers stand beside the published ones, and go again`() throws {
        let set = try home.muster(
            "registrar target limits eu --set azure_hub_registry=300/30 --set azure_hub_queries=40 --json")
        #expect(set.code == 0, "\(set.errors)")
        let own = try limit(set)
        #expect(own["calls"] as? Int == 300 && own["seconds"] as? Int == 30)
        let published = try #require(own["published"] as? [String: Any])
        #expect(published["count"] as? Int == 100 && published["seconds"] as? Int == 60)
        let shown = try home.muster("registrar target limits eu").output
        #expect(shown.contains("300 (yours)") && shown.contains("100 in 60 s"), "\(shown)")
        #expect(shown.contains("40 (yours)") && shown.contains("Azure documentation"))
        let reset = try limit(
            try home.muster("registrar target limits eu --reset azure_hub_registry --json"))
        #expect(reset["calls"] as? Int == 100 && reset["published"] == nil)
        let history = try home.muster("registrar target history eu --json").objects
        #expect(
            history.compactMap { $0["action"] as? String }
                == ["limit_reset", "limit_set", "limit_set", "target_added"])
    }

    @Test(arguments: [
        ("--set azure_hub_registry", 64, "limit_unreadable"),
        ("--set azure_hub_registry=0", 64, "limit_unreadable"),
        ("--set azure_hub_registry=many", 64, "limit_unreadable"), ("--set nothing=5", 1, "limit_unknown"),
        ("--reset nothing", 1, "limit_unknown"),
    ])
    func `what is no number, or names no limit, is refused`(_ words: String, _ code: Int32, _ id: String)
        throws
    {
        let refused = try home.muster("registrar target limits eu \(words) --set azure_hub_queries=7")
        #expect(refused.code == code && refused.errors.contains("[\(id)]"), "\(refused.errors)")
        #expect(try !home.muster("registrar target limits eu").output.contains("yours"), "nothing was set")
    }

    @Test func `a clock that is off is remembered, and said with what to do`() throws {
        #expect(try !home.muster("doctor").output.contains("seconds behind"))
        try peer.order(.skew(seconds: 1200), times: 0)
        // The right signature is found by the target's clock, so that all rights are there.
        let check = try home.muster("registrar target check eu")
        #expect(check.code == 0 && check.output.contains("seconds behind that of eu"), "\(check.output)")
        let doctor = try home.muster("doctor --json").objects
        let line = try #require(doctor.first { $0["check"] as? String == "target-clock" })
        #expect(line["verdict"] as? String == "warning")
        #expect((line["says"] as? String)?.contains("seconds behind that of eu, which bears 300") == true)
        #expect((line["nextStep"] as? String)?.contains("Set the clock") == true)
        let status = try home.registrar("status --directory state/muster/registrar")
        #expect(status.code == 0 && status.output.contains("! This machine's clock is"), "\(status.output)")
        // Set right, it is quiet after a few answers.
        try peer.mend()
        _ = try home.muster("registrar target check eu")
        #expect(try !home.muster("doctor").output.contains("seconds behind"))
    }

    @Test
    func `a target that does not answer goes down by itself, is shown, and comes up by a person's word`()
        throws
    {
        try #require(try home.muster("registrar placement set --static eu --static built-in").code == 0)
        let policy = try home.muster("registrar target change eu --down-after 1s")
        #expect(policy.code == 0, "\(policy.errors)")
        #expect(try home.muster("registrar target show eu").output.contains("\"downAfterSeconds\":1"))
        try peer.order(.refuse, times: 0)
        // Each asks once more; a check is a call like any other.
        var listed: [String: Any]?
        for _ in 0..<60 where listed?["foundDown"] == nil {
            _ = try home.muster("registrar target check eu")
            listed = try home.muster("registrar target list --json").objects.first
        }
        let found = try #require(listed?["foundDown"] as? [String: Any])
        #expect(found["since"] != nil && (found["reason"] as? String)?.isEmpty == false)
        #expect(listed?["standing"] as? String == "up", "that is a person's word")
        let text = try home.muster("registrar target list")
        #expect(text.output.contains("down since") && text.output.contains("by itself"), "\(text.output)")
        #expect(text.errors.contains("eu was found to be down"))
        let doctor = try home.muster("doctor").output
        #expect(doctor.contains("down since") && doctor.contains("target check eu"), "\(doctor)")
        let explained = try home.muster("registrar placement explain --serial SN-1 --tenant demo")
        #expect(explained.output.contains("eu is down"), "\(explained.output)")
        #expect(try home.muster("registrar target up eu").code == 0)
        #expect(try !home.muster("registrar target list").output.contains("down since"))
        let history = try home.muster("registrar target history eu").output
        #expect(history.contains("target_down") && history.contains("target_up"), "\(history)")
    }

    @Test(arguments: ["5x", "-1", "m", "2000000h"])
    func `a time that is none is refused`(_ text: String) throws {
        let refused = try home.muster("registrar target change eu --down-after \(text)")
        #expect(refused.code == 64 && refused.errors.contains("Nothing was kept"), "\(refused.errors)")
    }
}
