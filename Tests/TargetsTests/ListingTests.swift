import Model
import Synchronization
import TargetCore
import Targets
import TestSupport
import Testing

/// What every target says it holds, whatever becomes of its pages on the way.
@Suite(.serialized, .enabled(if: CloudPeers.areUsable)) struct ListingTests {
    private static let count = 5
    /// Pages of two, of which the third is short.
    private static let page = 2

    /// The operation by which a way's devices are listed.
    private static func operation(_ way: TargetBench.Way) -> String {
        switch way {
        case .awsIssues, .awsRegisters: "ListThings"
        case .hubThumbprint, .hubSymmetricKey: "POST /devices/query"
        case .dpsGroupKey: "POST /enrollmentGroups/query"
        case .dpsCertificate, .dpsSymmetricKey, .dpsTPM: "POST /enrollments/query"
        }
    }

    private func filled(_ way: TargetBench.Way) async throws -> TargetBench {
        let bench = try await TargetBench(way, page: Self.page)
        for number in 1...Self.count {
            let ending = try await bench.run(.provision, try bench.device(number), id: "op-\(number)").ending
            _ = try #require(ending.outcome)
        }
        return bench
    }

    /// Lists; what came, and how often the target complained about the rate.
    private func list(
        _ bench: TargetBench, matching query: String? = nil
    ) async throws -> (holdings: [TargetHolding], throttled: Int) {
        let throttled = Mutex(0)
        let world = TargetPerformer.World(
            now: bench.clock.now, pause: bench.clock.pause, admit: { _ in .now },
            answered: { _, fault, _ in
                if fault?.isThrottling == true { throttled.withLock { $0 += 1 } }
            }, keep: { _ in }, isAwaited: false)
        var found: [TargetHolding] = []
        try await TargetLister(bench.line, world).list(matching: query) { found += $0 }
        return (found, throttled.withLock { $0 })
    }

    /// What the list of a way must say: devices by name, with their marks; of a group's devices the group alone.
    private func expectAll(_ holdings: [TargetHolding], _ bench: TargetBench) throws {
        if bench.way == .dpsGroupKey {
            #expect(holdings == [TargetHolding(.group, "meters", standing: .enabled)])
            return
        }
        let kind: TargetHolding.Kind =
            Self.operation(bench.way).contains("enrollments") ? .enrollment : .device
        let devices = try (1...Self.count).map { try bench.device($0) }
        #expect(Set(holdings.map(\.name)) == Set(devices.map(\.name)))
        for device in devices {
            let held = try #require(holdings.first { $0.name == device.name })
            #expect(held.kind == kind && held.device == device.deviceID && held.tenant == device.tenant)
        }
    }

    @Test(arguments: TargetBench.Way.allCases)
    func `everything is listed once, with its marks, through all pages`(_ way: TargetBench.Way) async throws {
        let bench = try await filled(way)
        let (holdings, _) = try await list(bench)
        try expectAll(holdings, bench)
        #expect(Set(holdings.map(\.name)).count == holdings.count)
        let asked = try bench.requests().filter { $0.operation == Self.operation(way) }.count
        #expect(asked == (way == .dpsGroupKey ? 1 : 3))
        #expect(try bench.requests().compactMap(\.brokenAnswer) == [])
    }

    @Test(arguments: TargetBench.Way.allCases)
    func `a page that is lost, cut off, late or refused for now is asked for again`(
        _ way: TargetBench.Way
    ) async throws {
        let bench = try await filled(way)
        let faults: [PeerFault] = [.lost, .cut, .throttle, .status(503), .refuse]
        for fault in faults {
            try bench.order(fault, on: Self.operation(way), times: 2)
            let (holdings, throttled) = try await list(bench)
            try expectAll(holdings, bench)
            #expect(Set(holdings.map(\.name)).count == holdings.count, "\(fault)")
            #expect(throttled == (fault == .throttle ? 2 : 0))
        }
    }

    @Test(arguments: [TargetBench.Way.dpsCertificate, .hubThumbprint])
    func `a list whose mark was forgotten begins anew and misses nothing`(
        _ way: TargetBench.Way
    ) async throws {
        let bench = try await filled(way)
        var listing = bench.line.target.listing(matching: nil)
        var names: Set<String> = []
        var isForgotten = false
        while let call = listing.call {
            var call = call
            if !isForgotten, let place = call.headers.firstIndex(where: { $0.name == "x-ms-continuation" }) {
                call.headers[place].value = "forgotten"
                isForgotten = true
            }
            let reply = try await bench.line.send(call, at: bench.clock.now())
            names.formUnion(try listing.take(reply).map(\.name))
        }
        #expect(isForgotten)
        #expect(names.count == Self.count)
    }

    @Test(arguments: [TargetBench.Way.dpsCertificate, .hubThumbprint, .awsIssues])
    func `a list that is refused for good, or without end, is given up`(_ way: TargetBench.Way) async throws {
        let bench = try await filled(way)
        try bench.order(.status(way == .awsIssues ? 403 : 401), on: Self.operation(way))
        await #expect(throws: TargetFault.self) { try await list(bench) }
        try bench.order(.status(503), on: Self.operation(way), times: 0)
        await #expect(throws: TargetFault.self) { try await list(bench) }
        #expect(try bench.requests().filter { $0.operation == Self.operation(way) }.count == 8)
    }

    @Test func `a query finds what the hub finds by it`() async throws {
        let bench = try await filled(.hubThumbprint)
        let name = try bench.device(3).deviceID.rawValue
        let (holdings, _) = try await list(
            bench, matching: "SELECT * FROM devices WHERE tags.muster.device = '\(name)'")
        #expect(holdings.map(\.name) == [try bench.device(3).name])
    }
}
