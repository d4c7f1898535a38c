import Model
import TargetCore
import Targets
import TestSupport
import Testing

/// Works that meet send their calls as one, and each ends as it would have ended alone.
@Suite(.serialized, .enabled(if: CloudPeers.areUsable)) struct JoiningTests {
    /// Ways whose first call goes with others.
    static let ways: [TargetBench.Way] = [.dpsCertificate, .dpsSymmetricKey, .dpsTPM, .hubThumbprint]

    private static func single(_ way: TargetBench.Way) -> String {
        way == .hubThumbprint ? "PUT /devices/{id}" : "PUT /enrollments/{id}"
    }

    private static func many(_ way: TargetBench.Way) -> String {
        way == .hubThumbprint ? "POST /devices" : "POST /enrollments"
    }

    /// Eleven devices that meet: a service takes ten of them at once, and the last goes alone; a hub takes all.
    private func provision(_ bench: TargetBench, _ numbers: ClosedRange<Int> = 1...11) async throws -> (
        run: JoiningRun, results: [JoiningRun.Result]
    ) {
        // A target that has answered is not looked at before each of many.
        _ = try await bench.run(.describe, try bench.device(99))
        let kinds = [Self.single(bench.way), Self.many(bench.way)]
        let run = JoiningRun(bench, of: kinds, meeting: numbers.count)
        return (run, try await run.perform(try bench.works(.provision, numbers)))
    }

    private func expectAll(_ results: [JoiningRun.Result], but refused: Int? = nil) {
        for (place, result) in results.enumerated() where place != refused {
            #expect(result.ending.outcome?.device?.standing == .enabled, "\(place): \(result.ending)")
        }
    }

    /// What one device makes at the cloud.
    private func one(_ bench: TargetBench) -> [String: Int] {
        bench.way == .hubThumbprint ? ["devices": 1] : ["enrollments": 1]
    }

    private func expectHeld(_ bench: TargetBench, _ count: Int) async throws {
        let held = try await bench.holdings()
        for (kind, number) in one(bench) { #expect(held[kind] == number * count, "\(kind)") }
    }

    @Test(arguments: ways)
    func `ten that meet go as one call, counted once`(_ way: TargetBench.Way) async throws {
        let bench = try await TargetBench(way)
        let (run, results) = try await provision(bench)
        expectAll(results)
        try await expectHeld(bench, 11)
        let sent = try bench.requests().map(\.operation)
        let alone = way == .hubThumbprint ? 0 : 1
        #expect(sent.filter { $0 == Self.single(way) }.count == alone)
        #expect(sent.filter { $0 == Self.many(way) }.count == 1)
        #expect(run.admitted.filter { $0 == Self.many(way) }.count == 1)
        #expect(try bench.requests().compactMap(\.brokenAnswer) == [])
        // What is known of them is what is there: once more nothing is written.
        let held = try await bench.holdings()
        for (number, result) in zip(1..., results) {
            var again = try bench.device(number)
            again.marks = try #require(result.ending.outcome?.device).marks
            let repeated = try await bench.run(.provision, again, id: "again-\(number)").ending
            #expect(repeated.outcome?.key == result.ending.outcome?.key)
        }
        #expect(try await bench.holdings() == held)
        #expect(try bench.requests().map(\.operation).filter { $0.hasPrefix("PUT") }.count == alone)
    }

    @Test(arguments: TargetBench.Way.allCases)
    func `a device that comes alone is sent alone`(_ way: TargetBench.Way) async throws {
        let bench = try await TargetBench(way)
        #expect(try await bench.run(.provision, try bench.device(1)).ending.outcome != nil)
        #expect(try bench.requests().allSatisfy { $0.operation != Self.many(way) })
    }

    @Test(arguments: ways)
    func `one of ten that is refused leaves the others in, and nothing of itself`(
        _ way: TargetBench.Way
    ) async throws {
        let bench = try await TargetBench(way)
        try bench.order(.status(400, code: "400004"), on: "entry \(try bench.device(5).name)")
        let (_, results) = try await provision(bench)
        expectAll(results, but: 4)
        #expect(results[4].ending.fault?.retry == .never)
        #expect(results[4].work.leftovers == [])
        try await expectHeld(bench, 10)
    }

    @Test(arguments: ways)
    func `what is busy, ill or changed for one of ten delays that one alone`(
        _ way: TargetBench.Way
    ) async throws {
        let bench = try await TargetBench(way)
        let faults: [PeerFault] = [
            .throttle, .status(503, code: "503001"), .status(409, code: "409001"),
            .status(412, code: "412001"),
        ]
        for (number, fault) in zip(4..., faults) {
            try bench.order(fault, on: "entry \(try bench.device(number).name)")
        }
        let (run, results) = try await provision(bench)
        expectAll(results)
        try await expectHeld(bench, 11)
        #expect(run.throttled == [Self.many(way)])
    }

    @Test(arguments: ways)
    func `a call for ten that is refused as a whole for now is sent again`(
        _ way: TargetBench.Way
    ) async throws {
        let bench = try await TargetBench(way)
        try bench.order(.throttle, on: Self.many(way))
        try bench.order(.status(503), on: Self.many(way))
        let (run, results) = try await provision(bench)
        expectAll(results)
        try await expectHeld(bench, 11)
        #expect(!run.throttled.isEmpty && run.throttled.allSatisfy { $0 == Self.many(way) })
    }

    @Test(arguments: ways)
    func `a call for ten that is refused for the sake of one is sent one by one`(
        _ way: TargetBench.Way
    ) async throws {
        let bench = try await TargetBench(way)
        try bench.order(.status(400, code: "400004"), on: Self.many(way), times: 0)
        let (_, results) = try await provision(bench)
        expectAll(results)
        try await expectHeld(bench, 11)
        #expect(try bench.requests().filter { $0.operation == Self.single(way) }.count == 11)
    }

    @Test(arguments: ways)
    func `an answer for ten that is lost after the effect doubles nothing`(
        _ way: TargetBench.Way
    ) async throws {
        for fault in [PeerFault.lost, .cut, .refuse] {
            let bench = try await TargetBench(way)
            try bench.order(fault, on: Self.many(way))
            let (_, results) = try await provision(bench)
            expectAll(results)
            try await expectHeld(bench, 11)
            for result in results { #expect(result.work.leftovers == []) }
        }
    }

    @Test func `devices at a hub are kept out and taken away together, by the version that was read`()
        async throws
    {
        let bench = try await TargetBench(.hubThumbprint)
        let marks = try await provision(bench).results.map { try #require($0.ending.outcome?.device).marks }
        for (intent, kind) in [
            (TargetIntent.disable, "PUT /devices/{id}"), (.remove, "DELETE /devices/{id}"),
        ] {
            try bench.order(
                .status(412, code: "412001"), on: "entry \(try bench.device(7).name)")
            let before = try bench.requests().count
            let run = JoiningRun(bench, of: [kind, "POST /devices"], meeting: 11)
            let results = try await run.perform(try bench.works(intent, 1...11, marks: marks))
            #expect(results.allSatisfy { $0.ending.outcome != nil })
            let sent = try bench.requests().dropFirst(before)
            #expect(sent.filter { $0.operation == "POST /devices" }.count == 1)
            let modes = sent.filter { $0.operation == "POST /devices" }.map(\.text)
            #expect(modes.allSatisfy { $0.contains("IfMatchETag") })
        }
        #expect(try await bench.holdings()["devices"] == 0)
    }

    @Test func `entries of a service are written over together, by the version that was read`() async throws {
        let bench = try await TargetBench(.dpsSymmetricKey)
        let marks = try await provision(bench).results.map { try #require($0.ending.outcome?.device).marks }
        let run = JoiningRun(bench, of: ["PUT /enrollments/{id}", "POST /enrollments"], meeting: 11)
        try bench.order(.status(412, code: "412001"), on: "entry \(try bench.device(7).name)")
        let results = try await run.perform(try bench.works(.disable, 1...11, marks: marks))
        #expect(results.allSatisfy { $0.ending.outcome?.device?.standing == .disabled })
        let many = try bench.requests().filter { $0.operation == "POST /enrollments" }.map(\.text)
        #expect(many.count == 2 && many[1].contains("updateIfMatchETag"))
        // Keys go along, and are still the device's.
        let enabled = try await bench.run(.enable, try bench.device(3, marks: marks[2]), id: "on").ending
        #expect(enabled.outcome?.device?.standing == .enabled)
    }

    @Test func `people do not wait for bulk work, nor it for them`() async throws {
        let bench = try await TargetBench(.dpsCertificate)
        try bench.order(.slow(seconds: 0.2), on: "PUT /enrollments/{id}")
        let clock = bench.clock
        @Sendable func world(_ isAwaited: Bool) -> TargetPerformer.World {
            TargetPerformer.World(
                now: clock.now, pause: clock.pause, admit: { _ in .now }, answered: { _, _, _ in },
                keep: { _ in }, isAwaited: isAwaited)
        }
        let works = try bench.works(.provision, 1...6)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for (place, work) in works.enumerated() {
                group.addTask {
                    var work = work
                    return try await bench.go(on: &work, world(place < 3)).outcome != nil
                }
            }
            for try await isIn in group { #expect(isIn) }
        }
        // In whatever order they came, no call has devices of both.
        let many = try bench.requests().filter { $0.operation == "POST /enrollments" }.map(\.text)
        for text in many {
            let awaited = (1...3).filter { text.contains("meter-000\($0)\"") }
            let others = (4...6).filter { text.contains("meter-000\($0)\"") }
            #expect(awaited.isEmpty || others.isEmpty, "\(awaited) \(others)")
        }
    }
}
