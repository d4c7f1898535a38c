import Foundation
import TestSupport
import Testing

/// Jobs with the real programs: planned at the desk, worked off on the tablet, with a team's registrar and the embedded one.
@Suite struct JobTests {
    private let home: Home

    init() throws { home = try Home() }

    private static let job = #"""
        {"jobID":"WO-7","tenant":"acme","site":"oslo-1","name":"Hall","due":"2026-12-24","product":"lamp",
        "positionRule":{"kind":"numbered","pattern":"rack-{n}","start":3},
        "expected":[{"fields":{"serial":"L-1"},"position":"rack-1"},{"fields":{"serial":"L-2"}},
        {"fields":{"serial":"L-3"},"product":"meter"}]}
        """#.replacing("\n", with: "")

    /// A team's registrar with the job, in the home.
    private func makeRegistrar() throws {
        for line in [
            "init --directory reg --name Acme", "tenant add acme --directory reg",
            "site add oslo-1 --directory reg --tenant acme", "site add roof --directory reg --tenant acme",
            "product add lamp --directory reg --admission open",
            "product add meter --directory reg --admission open",
            "operator add jk --directory reg --role support --tenant acme",
        ] {
            let finished = try home.registrar(line)
            try #require(finished.code == 0, "\(line): \(finished.errors)")
        }
        _ = try home.write(Self.job, to: "job.json")
    }

    private func pair(port: String) throws {
        let pairing = try home.registrar(
            "pairing jk --directory reg --url https://127.0.0.1:\(port) --output jk.pairing")
        try #require(pairing.code == 0)
        try #require(try home.muster("registrar pair jk.pairing").code == 0)
    }

    private func states(_ arguments: String = "job show --json WO-7") throws -> [String] {
        let report = try #require(try home.muster(arguments).objects.first)
        let lines = try #require(report["expected"] as? [[String: Any]])
        return lines.compactMap { $0["state"] as? String }
    }

    @Test func `a job is planned, fetched, worked off without a network, confirmed and closed`() throws {
        try makeRegistrar()
        #expect(try home.registrar("job add job.json --directory reg").code == 0)
        let server = try Server(home, directory: "reg")
        try pair(port: server.port)
        try server.stop()
        // The pairing brought the job: the tablet was never online.
        #expect(try home.muster("job list --json").objects.map { $0["jobID"] as? String } == ["WO-7"])
        let first = try home.muster("commission --json --job WO-7 --serial L-1")
        #expect(first.code == 4, "\(first.errors)")
        let place = try #require(try first.objects.last)
        #expect(
            (place["summary"] as? String)?.hasSuffix("oslo-1, rack-1") == true
                && place["job"] as? String == "WO-7")
        let lines = try home.run(
            ["commission", "--json", "--lines", "--job", "WO-7", "--offline"],
            input: #"{"sn":"L-2","vendor":"X"}"# + "\n" + #"{"sn":"L-3","vendor":"X"}"# + "\n"
                + #"{"sn":"L-9","vendor":"X"}"# + "\n")
        let saved = try lines.objects.filter { $0["line"] != nil }
        #expect(saved.map { $0["position"] as? String } == ["rack-3", "rack-4", "rack-5"], "\(lines.output)")
        #expect(
            saved.map { $0["device"] as? String } == [
                "serial:lamp/L-2", "serial:meter/L-3", "serial:lamp/L-9",
            ])
        #expect(saved.map { $0["findings"] as? [String] } == [nil, nil, ["job_device_unexpected"]])
        #expect(try states() == ["saved", "saved", "saved"])
        let back = try Server(home, directory: "reg", listen: "127.0.0.1:\(server.port)")
        #expect(try home.muster("sync").code == 0)
        #expect(try states() == ["done", "done", "done"])
        let text = try home.muster("job show WO-7")
        #expect(text.output.contains("3 of 3 done, 1 not in the list") && text.output.contains("rack-6"))
        let list: [String: Any] = try #require(try home.muster("job list --json").objects.first)
        #expect((list["counts"] as? [String: Int])?["done"] == 3)
        #expect(try home.muster("registrar job close WO-7").output == "Job acme/WO-7 is closed.\n")
        #expect(try home.muster("sync").code == 0)
        #expect(try home.muster("job show WO-7").code == 65)
        #expect(try home.muster("registrar job list").output.isEmpty)
        try back.stop()
    }

    @Test func `what differs from the job is told, and what is named counts`() throws {
        try makeRegistrar()
        #expect(try home.registrar("job add job.json --directory reg").code == 0)
        let server = try Server(home, directory: "reg")
        try pair(port: server.port)
        func commission(_ line: String) throws -> String {
            let finished = try home.muster("commission \(line)")
            #expect(finished.code == 0, "\(finished.errors)")
            return finished.errors
        }
        #expect(
            try commission("--job WO-7 --serial L-1 --position rack-9").contains(
                "expects this device at rack-1"))
        #expect(
            try commission("--job WO-7 --serial L-2 --position rack-9").contains("L-1 is at rack-9 already"))
        #expect(
            try commission("--job WO-7 --serial X-1").contains("list of job WO-7 does not have this device"))
        #expect(try commission("--job WO-7 --serial X-2 --site roof").contains("The job is at site oslo-1"))
        #expect(try commission("--job WO-8 --serial X-3 --product lamp").contains("no open job WO-8"))
        let again = try home.muster("commission --job WO-7 --serial X-1")
        #expect(again.code == 0 && again.errors.contains("everything is saved already"))
        let named = try Home(["MUSTER_JOB": "WO-7"])
        #expect(try named.muster("commission --serial X-4").errors.contains("no open job WO-7"))
        try server.stop()
    }

    @Test func `a file with a fault adds nothing and says where it is`() throws {
        try makeRegistrar()
        let second = Self.job.replacing("WO-7", with: "WO-8")
        _ = try home.write(
            Self.job + "\n" + second.replacing("oslo-1", with: "moon") + "\n", to: "jobs.jsonl")
        let refused = try home.registrar("job add jobs.jsonl --directory reg")
        #expect(refused.code == 1 && refused.errors.contains("moon"))
        #expect(try home.registrar("job list --directory reg").output.isEmpty)
        _ = try home.write(Self.job + "\n{\"jobID\":\"WO-9\"}\n", to: "jobs.jsonl")
        let unread = try home.registrar("job add jobs.jsonl --directory reg")
        #expect(unread.code == 65 && unread.errors.contains("line 2") && unread.errors.contains("tenant"))
        _ = try home.write(Self.job + "\n\n" + second + "\n", to: "jobs.jsonl")
        #expect(try home.registrar("job add jobs.jsonl --directory reg").code == 0)
        #expect(try home.registrar("job list --json --directory reg").objects.count == 2)
        #expect(try home.registrar("job close WO-7 --directory reg").code == 0)
        #expect(try home.registrar("job close WO-7 --directory reg").code == 65)
        #expect(try home.registrar("job close WO-7 --tenant acme --directory reg").code == 0)
        #expect(try home.registrar("audit --directory reg").code == 0)
    }

    @Test func `the samples are set up in the embedded registrar, and again without harm`() throws {
        for _ in 1...2 {
            let prepared = try home.muster("demo --prepare --json --store try")
            #expect(prepared.code == 0 && prepared.errors.isEmpty, "\(prepared.errors)")
            #expect(try prepared.objects.map { $0["job"] as? String } == ["sample-labels"])
        }
        let list = try home.muster("job list --json --store try").objects
        #expect((list.first?["counts"] as? [String: Int])?["expected"] == 14)
        let gateway = try home.run(
            [
                "commission", "--json", "--store", "try", "--job", "sample-labels", "--image",
                Home.sample("gs1-gateway.png"),
            ])
        #expect(gateway.code == 0, "\(gateway.errors)")
        let foreign = try home.run(
            [
                "commission", "--json", "--store", "try", "--job", "sample-labels", "--image",
                Home.sample("other-tenant.jpg"),
            ])
        #expect(foreign.code == 3 && foreign.output.contains("claimed_other_tenant"))
        let all = try states("job show --json sample-labels --store try")
        #expect(all[3] == "done" && all[10] == "needs_person" && all.count { $0 == "open" } == 12)
        #expect(try home.muster("demo --prepare --store try").code == 0)
        #expect(try states("job show --json sample-labels --store try") == all)
    }

    @Test func `a store that works for a team is not turned to the samples`() throws {
        try makeRegistrar()
        try pair(port: "1")
        let refused = try home.muster("demo --prepare")
        #expect(refused.code == 1 && refused.errors.contains("demo_store_taken"))
        #expect(try home.muster("registrar list --json").objects.count == 1)
    }
}
