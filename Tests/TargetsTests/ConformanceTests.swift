import Model
import TargetCore
import Targets
import TestSupport
import Testing

/// What every target promises, held against stand-ins for the clouds that check each call.
@Suite(.serialized, .enabled(if: CloudPeers.areUsable)) struct ConformanceTests {
    @Test(arguments: TargetBench.Way.allCases)
    func `a device is let in once, however often it is asked for`(_ way: TargetBench.Way) async throws {
        let bench = try await TargetBench(way)
        let device = try bench.device(1)
        let first = try #require(try await bench.run(.provision, device).ending.outcome)
        let known = try #require(first.device)
        #expect(known.standing == .enabled && known.endpoint != nil)
        let held = try await bench.holdings()
        var again = device
        again.marks = known.marks
        let repeated = try await bench.run(.provision, again, id: "op-2").ending
        let second = try #require(repeated.outcome, "\(repeated)")
        #expect(second.device?.name == known.name)
        #expect(try await bench.holdings() == held)
        if case .symmetricKey = device.proof {
            #expect(first.key != nil && first.key == second.key)
        }
        if way == .awsIssues { #expect(first.certificateChain != nil) }
        let described = try #require(try await bench.run(.describe, again).ending.outcome)
        #expect(described.device?.name == known.name)
        #expect(try bench.requests().compactMap(\.brokenAnswer) == [])
    }

    @Test(arguments: TargetBench.Way.allCases)
    func `a device is kept out, let in again and taken away`(_ way: TargetBench.Way) async throws {
        let bench = try await TargetBench(way)
        let empty = try await bench.holdings()
        var device = try bench.device(1)
        device.marks = try #require(try await bench.run(.provision, device).ending.outcome?.device).marks
        func standing() async throws -> DeviceTarget.Standing? {
            try #require(try await bench.run(.describe, device).ending.outcome).device?.standing
        }
        #expect(try await bench.run(.disable, device).ending.outcome != nil)
        #expect(try await standing() == .disabled)
        #expect(try await bench.run(.enable, device).ending.outcome != nil)
        #expect(try await standing() == .enabled)
        #expect(try await bench.run(.remove, device).ending.outcome != nil)
        // A group's key would let the device in again: an entry of its own keeps it out for good.
        let staysOut = way == .dpsGroupKey
        #expect(try await standing() == (staysOut ? .disabled : nil))
        #expect(try await bench.run(.remove, device).ending.outcome != nil)
        let left = try await bench.holdings()
        for (kind, number) in empty where !staysOut { #expect(left[kind] == number, "\(kind)") }
    }

    @Test(arguments: TargetBench.Way.allCases)
    func `work that is cut off after any call goes on, and nothing is doubled`(
        _ way: TargetBench.Way
    ) async throws {
        let bench = try await TargetBench(way)
        let (one, whole) = try await walk(bench)
        for cut in 0..<whole.made.count {
            let device = try bench.device(cut + 2)
            var work = TargetWork(workID: "op-\(cut)", intent: .provision, device: device)
            let journal = BenchJournal(cutAfter: cut)
            await #expect(throws: BenchJournal.Cut.self) { try await bench.go(on: &work, journal) }
            var resumed = try journal.read(
                TargetWork(workID: work.workID, intent: .provision, device: device))
            #expect(try await bench.go(on: &resumed).outcome?.device != nil)
        }
        try await expect(one, times: whole.made.count + 1, at: bench)
    }

    /// What one device makes, and the calls that it takes; the first of all makes what they share.
    private func walk(_ bench: TargetBench) async throws -> (held: [String: Int], journal: BenchJournal) {
        if bench.way == .dpsGroupKey {
            try #require(
                try await bench.run(.provision, try bench.device(0), id: "op-0").ending.outcome != nil)
        }
        let before = try await bench.holdings()
        let journal = BenchJournal()
        let ending = try await bench.run(.provision, try bench.device(1), journal: journal).ending
        try #require(ending.outcome != nil)
        return (try await bench.holdings().merging(before) { $0 - $1 }, journal)
    }

    private func expect(
        _ one: [String: Int], times count: Int, at bench: TargetBench, _ when: String = "at the end"
    ) async throws {
        let all = try await bench.holdings()
        for (kind, number) in one where kind != "groups" {
            #expect(all[kind] == number * count, "\(kind), \(when)")
        }
    }

    @Test(arguments: TargetBench.Way.allCases)
    func `an answer that is lost after the effect doubles nothing`(_ way: TargetBench.Way) async throws {
        let bench = try await TargetBench(way)
        let (one, whole) = try await walk(bench)
        for (index, name) in whole.made.enumerated() {
            try bench.order(.lost, on: name)
            let ending = try await bench.run(.provision, try bench.device(index + 2), id: "op-\(index)")
                .ending
            #expect(ending.outcome?.device != nil, "\(name)")
            try await expect(one, times: index + 2, at: bench, "\(index) \(name)")
        }
        try await expect(one, times: whole.made.count + 1, at: bench)
    }

    @Test(arguments: TargetBench.Way.allCases)
    func `a cloud that is busy or ill delays and spoils nothing`(_ way: TargetBench.Way) async throws {
        let bench = try await TargetBench(way)
        let faults: [PeerFault] = [.throttle, .status(503), .status(500), .refuse]
        for (index, fault) in faults.enumerated() {
            try bench.order(fault, times: 2)
            let ending = try await bench.run(.provision, try bench.device(index + 1), id: "op-\(index)")
                .ending
            #expect(ending.outcome?.device?.standing == .enabled, "\(fault)")
        }
    }

    @Test(arguments: [TargetBench.Way.dpsCertificate, .hubSymmetricKey, .awsIssues])
    func `a cloud whose clock differs is signed for by its own clock`(_ way: TargetBench.Way) async throws {
        let bench = try await TargetBench(way)
        try bench.order(.skew(seconds: way == .awsIssues ? 1200 : 3600), times: 0)
        let ending = try await bench.run(.provision, try bench.device(1)).ending
        #expect(ending.outcome?.device?.standing == .enabled)
        #expect(try #require(bench.line.clock).secondsAhead > 1000)
    }

    @Test(arguments: TargetBench.Way.allCases)
    func `a device of somebody else stays as it is`(_ way: TargetBench.Way) async throws {
        let bench = try await TargetBench(way)
        // A group's key says nothing of any one device.
        guard way != .dpsGroupKey else { return }
        let device = try bench.device(1)
        _ = try await bench.run(.provision, device)
        let held = try await bench.holdings()
        var other = try bench.device(1, turn: 1)
        other.deviceID = DeviceID(trusted: "d-other")
        other.tenant = TenantID(trusted: "globex")
        let fault = try #require(try await bench.run(.provision, other, id: "op-2").ending.fault)
        #expect(fault.retry == .never)
        #expect(fault.code.hasSuffix("_of_another"), "\(fault.code)")
        #expect(try await bench.holdings() == held)
    }

    @Test(arguments: TargetBench.Way.allCases)
    func `a new certificate or key comes beside the old one, which then goes`(
        _ way: TargetBench.Way
    ) async throws {
        let bench = try await TargetBench(way)
        guard bench.line.target.capabilities.intents.contains(.rotate) else { return }
        var device = try bench.device(1)
        device.marks = try #require(try await bench.run(.provision, device).ending.outcome?.device).marks
        let one = try await bench.holdings()
        var next = try bench.device(1, turn: 1, marks: device.marks)
        next.marks = try #require(
            try await bench.run(.rotate, next, id: "op-2").ending.outcome?.device, "rotate"
        ).marks
        if way == .awsIssues || way == .awsRegisters {
            #expect(try await bench.holdings()["certificates"] == 2)
        }
        // The registrar has nothing but the marks by then.
        next.proof = nil
        let finished = try #require(
            try await bench.run(.finishRotation, next, id: "op-3").ending.outcome, "finish")
        #expect(finished.device?.standing == .enabled)
        if way == .awsIssues || way == .awsRegisters {
            #expect(finished.device?.marks["certificate"] == next.marks["certificate"], "the new one stays")
        }
        #expect(try await bench.holdings() == one)
    }

    @Test(arguments: TargetBench.Way.allCases)
    func `every right is there, and a missing one is named`(_ way: TargetBench.Way) async throws {
        let bench = try await TargetBench(way)
        let check = try await bench.line.check(now: bench.clock.now)
        // The group comes with its first device.
        #expect(check.isGood, "\(check.lines.filter { $0.verdict != .passed })")
        let other = try TargetConnection(
            TargetID(trusted: "t"), bench.settings, secrets: bench.falseSecrets,
            TargetSurroundings(variables: [:], keySeed: Redacted([])))
        let denied = try await other.check(now: bench.clock.now)
        #expect(!denied.isGood)
        #expect(denied.lines.contains { $0.verdict == .denied })
        #expect(denied.lines.allSatisfy { $0.verdict == .passed || $0.said != nil })
    }
}

extension TargetBench {
    /// The right names with keys that are not theirs.
    fileprivate var falseSecrets: TargetSecrets {
        let key = Redacted(Base64.encode([UInt8](repeating: 1, count: 32)))
        var values = Dictionary(uniqueKeysWithValues: settings.secretNames.map { ($0, key) })
        if let id = secrets["accessKeyID"] {
            values["accessKeyID"] = id
            values["sessionToken"] = nil
        }
        return TargetSecrets(values)
    }
}
