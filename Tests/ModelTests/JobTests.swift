import Model
import Testing

@Suite struct JobTests {
    private func job(_ json: String) throws -> Job {
        try CanonicalJSON.decode(Job.self, from: Array(json.utf8))
    }

    @Test func `a file need only say who, where and which`() throws {
        let job = try job(#"{"jobID":"WO-1","tenant":"acme","site":"hall"}"#)
        #expect(job.name == "WO-1" && job.positionRule == .free && job.expected.isEmpty && job.due == nil)
    }

    @Test func `a job is the same after it was written and read`() throws {
        let whole = try job(
            """
            {"due":"2026-12-24","expected":[{"fields":{"mac":"00:00:5E:00:53:05"},"note":"roof","position":"r-1"},
            {"product":"lamp"}],"jobID":"WO-1","name":"Hall","positionRule":{"kind":"numbered",
            "pattern":"r-{n}","start":4},"product":"lamp","site":"hall","tenant":"acme"}
            """)
        #expect(whole.due == CivilDate(year: 2026, month: 12, day: 24))
        #expect(whole.positionRule == .numbered(pattern: "r-{n}", start: 4))
        #expect(try CanonicalJSON.decode(Job.self, from: try CanonicalJSON.encode(whole)) == whole)
        for kind in PositionRule.Kind.allCases where kind != .numbered {
            let rule = try CanonicalJSON.decode(
                PositionRule.self, from: Array(#"{"kind":"\#(kind.rawValue)"}"#.utf8))
            #expect(rule.kind == kind)
        }
    }

    @Test(arguments: [
        #"{"jobID":"a b","tenant":"acme","site":"hall"}"#, #"{"jobID":"","tenant":"acme","site":"hall"}"#,
        #"{"jobID":"Ä1","tenant":"acme","site":"hall"}"#, #"{"jobID":"1","site":"hall"}"#,
        #"{"jobID":"1","tenant":"acme","site":"hall","due":"2026-02-30"}"#,
        #"{"jobID":"1","tenant":"acme","site":"hall","positionRule":{"kind":"numbered"}}"#,
        #"{"jobID":"1","tenant":"acme","site":"hall","positionRule":{"kind":"spiral"}}"#,
    ]) func `what cannot be a job is refused`(_ json: String) {
        #expect(throws: DecodingError.self) { try job(json) }
    }

    @Test func `a secret never enters a list`() {
        let expected = ExpectedDevice(fields: ["serial": "A", "secret.claimCode": "1234"])
        #expect(expected.fields == ["serial": "A"])
    }
}
