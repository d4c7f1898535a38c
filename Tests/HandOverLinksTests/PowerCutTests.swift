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

    @Test(arguments: AskedTransport.allCases, PowerCut.allCases)
    func `a device whose power goes has the old principals or the new, and takes the new when it is back`(
        _ transport: AskedTransport, _ cut: PowerCut
    ) throws {
        let station = try Station(transport, companion)
        let (old, new) = try handOverOnce(station)
        try handOver(new, station, until: cut)
        let between = try station.bench.standing()
        #expect(between.principals == .whole)
        #expect(between.active == expected(cut, old: old.id, new: new.id))
        try companion.deliver(new, over: try station.switchOn())
        try station.switchOff()
        let after = try station.bench.standing()
        #expect(after.principals == .whole && after.active == new.id && after.pending == nil)
        #expect(after.endpoint == "mqtts://b")
    }

    /// Gives the device its first principals; and what it is to get next.
    private func handOverOnce(_ station: Station) throws -> (PrincipalsBundle, PrincipalsBundle) {
        let link = try station.switchOn()
        let old = try companion.bundle(for: link)
        try companion.deliver(old, over: link)
        let new = try companion.bundle(for: link, endpoint: "mqtts://b")
        try station.switchOff()
        return (old, new)
    }

    /// Hands over to a device whose power goes at that moment.
    private func handOver(_ bundle: PrincipalsBundle, _ station: Station, until cut: PowerCut) throws {
        let link = try station.switchOn(["--power-cut", cut.rawValue])
        #expect(throws: HandOverError.linkLost(link: link.name)) {
            _ = try link.request(nonce: TestCompanion.nonce)
            try companion.deliver(bundle, over: link)
        }
        try station.expectPowerGone()
    }

    @Test(arguments: [AskedTransport.line, .http], PowerCut.allCases)
    func `a device fresh from the factory has none or whole principals`(
        _ transport: AskedTransport, _ cut: PowerCut
    ) throws {
        let station = try Station(transport, companion)
        let bundle = try companion.bundle(for: try station.switchOn())
        try station.switchOff()
        try handOver(bundle, station, until: cut)
        let standing = try station.bench.standing()
        let hasSwitched = cut == .switched || cut == .confirm
        #expect(standing.principals == (hasSwitched ? .whole : .none))
        try companion.deliver(bundle, over: try station.switchOn())
        try station.switchOff()
        #expect(try station.bench.standing().active == bundle.id)
    }

    /// A directory that is carried, and one on the device that is written over a login.
    private func directory(_ isCarried: Bool, _ bench: Bench, _ server: ShellServer?) throws -> DirectoryLink
    {
        isCarried ? companion.stick(bench) : try companion.directory(try #require(server), bench)
    }

    @Test(arguments: [true, false], PowerCut.allCases.filter { $0 != .offer })
    func `a device whose power goes at a directory has the old principals or the new`(
        _ isCarried: Bool, _ cut: PowerCut
    ) throws {
        let bench = try Bench()
        let server = isCarried ? nil : try ShellServer()
        #expect(try bench.visit().status == .exited(0))
        let link = try directory(isCarried, bench, server)
        let old = try companion.bundle(for: link)
        _ = try link.install(old, nonce: [])
        #expect(try bench.visit().status == .exited(0))
        #expect(try bench.standing().active == old.id)
        let new = try companion.bundle(for: link, endpoint: "mqtts://b")
        #expect(try link.install(new, nonce: []) == .laidDown)
        #expect(try bench.visit(["--power-cut", cut.rawValue]).status == .signalled(9))
        let between = try bench.standing()
        #expect(between.principals == .whole)
        #expect(between.active == expected(cut, old: old.id, new: new.id))
        #expect(try bench.visit().status == .exited(0))
        let after = try bench.standing()
        #expect(after.principals == .whole && after.active == new.id)
        let again = try directory(isCarried, bench, server)
        #expect(try again.activate(new.id, nonce: []) == .switched)
        try companion.expectProof(
            try again.confirm(new.id, nonce: []), of: new, TestCompanion.nonce)
    }
}
