import HandOver
import HandOverLinks
import Model
import Processes
import SimulatedDevice
import TestSupport
import Testing

/// Which principals a device has after its power went at a moment.
private func expected(_ cut: PowerCut, old: PayloadHash, new: PayloadHash) -> PayloadHash {
    switch cut {
    case .request, .offer, .put, .verify, .keep, .activate: old
    case .switched, .confirm: new
    }
}

@Suite struct PowerCutTests {
    private let companion: TestCompanion

    init() throws { companion = try TestCompanion() }

    @Test(arguments: PowerCut.allCases)
    func `a device whose power goes has the old principals or the new, and takes the new when it is back`(
        _ cut: PowerCut
    ) throws {
        let bench = try Bench()
        let (old, new) = try handOverOnce(bench)
        let device = try bench.device(["--power-cut", cut.rawValue])
        #expect(throws: HandOverError.linkLost(link: "serial:\(bench.tty)")) {
            let link = try companion.line(bench)
            _ = try link.request(nonce: TestCompanion.nonce)
            try companion.deliver(new, over: link)
        }
        #expect(try device.wait() == .signalled(9))
        let between = try bench.standing()
        #expect(between.principals == .whole)
        #expect(between.active == expected(cut, old: old.id, new: new.id))
        let again = try bench.device()
        try companion.deliver(new, over: try companion.line(bench))
        try again.child.end()
        let after = try bench.standing()
        #expect(after.principals == .whole && after.active == new.id && after.pending == nil)
        #expect(after.endpoint == "mqtts://b")
    }

    /// Gives the device its first principals; and what it is to get next.
    private func handOverOnce(_ bench: Bench) throws -> (PrincipalsBundle, PrincipalsBundle) {
        let device = try bench.device()
        let link = try companion.line(bench)
        let old = try companion.bundle(for: link)
        try companion.deliver(old, over: link)
        let new = try companion.bundle(for: link, endpoint: "mqtts://b")
        try device.child.end()
        return (old, new)
    }

    @Test(arguments: PowerCut.allCases)
    func `a device fresh from the factory has none or whole principals`(_ cut: PowerCut) throws {
        let bench = try Bench()
        let device = try bench.device()
        let bundle = try companion.bundle(for: try companion.line(bench))
        try device.child.end()
        let cutDevice = try bench.device(["--power-cut", cut.rawValue])
        #expect(throws: HandOverError.self) {
            let link = try companion.line(bench)
            _ = try link.request(nonce: TestCompanion.nonce)
            try companion.deliver(bundle, over: link)
        }
        #expect(try cutDevice.wait() == .signalled(9))
        let standing = try bench.standing()
        let hasSwitched = cut == .switched || cut == .confirm
        #expect(standing.principals == (hasSwitched ? .whole : .none))
        let again = try bench.device()
        defer { withExtendedLifetime(again) {} }
        try companion.deliver(bundle, over: try companion.line(bench))
        #expect(try bench.standing().active == bundle.id)
    }

    @Test(arguments: PowerCut.allCases.filter { $0 != .offer })
    func `a device whose power goes at a stick has the old principals or the new`(_ cut: PowerCut) throws {
        let bench = try Bench()
        #expect(try bench.visit().status == .exited(0))
        let old = try companion.bundle(for: companion.stick(bench))
        _ = try companion.stick(bench).install(old, nonce: [])
        #expect(try bench.visit().status == .exited(0))
        #expect(try bench.standing().active == old.id)
        let new = try companion.bundle(for: companion.stick(bench), endpoint: "mqtts://b")
        #expect(try companion.stick(bench).install(new, nonce: []) == .laidDown)
        #expect(try bench.visit(["--power-cut", cut.rawValue]).status == .signalled(9))
        let between = try bench.standing()
        #expect(between.principals == .whole)
        #expect(between.active == expected(cut, old: old.id, new: new.id))
        #expect(try bench.visit().status == .exited(0))
        let after = try bench.standing()
        #expect(after.principals == .whole && after.active == new.id)
        let link = companion.stick(bench)
        #expect(try link.activate(new.id, nonce: []) == .switched)
        try companion.expectProof(
            try link.confirm(new.id, nonce: []), of: new, TestCompanion.nonce)
    }
}
