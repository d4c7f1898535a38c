import Credentials
import HandOver
import HandOverLinks
import Model
import Processes
import SimulatedDevice
import TestSupport
import Testing

@Suite struct LineLinkTests {
    private let companion: TestCompanion
    private let bench: Bench

    init() throws {
        companion = try TestCompanion()
        bench = try Bench()
    }

    @Test(arguments: ["2000", "500", "300"])
    func `a hand-over comes through a line that changes one of so many bytes`(_ oneOf: String) throws {
        let device = try bench.device(["--noise", oneOf])
        defer { withExtendedLifetime(device) {} }
        let link = try companion.line(bench)
        #expect(try link.hello().fields["serial"] == "SIM-1")
        let bundle = try companion.bundle(for: link)
        try companion.deliver(bundle, over: link)
        let standing = try bench.standing()
        #expect(standing.active == bundle.id && standing.principals == .whole)
    }

    @Test func `what a device keeps of a bundle is not sent again`() throws {
        let cut = try bench.device(["--power-cut", "verify"])
        let bundle = try companion.bundle(for: try companion.line(bench))
        #expect(throws: HandOverError.self) {
            try companion.deliver(bundle, over: try companion.line(bench))
        }
        #expect(try cut.wait() == .signalled(9))
        let disk = try SimulatedDevice(directory: bench.disk, fields: [:], now: { SystemClock.now() })
        let answer = disk.answer(.offer(Ask.Offer(bundle: bundle.id, sizeBytes: bundle.manifestBytes.count)))
        guard case .progress(let progress) = answer else {
            Issue.record("\(answer)")
            return
        }
        for part in bundle.manifest.parts { #expect(progress.kept(part.name) == part.sizeBytes) }
    }

    @Test func `a device refuses a bundle for another key, and works on`() throws {
        let device = try bench.device()
        defer { withExtendedLifetime(device) {} }
        let link = try companion.line(bench)
        let own = try companion.bundle(for: link)
        try companion.deliver(own, over: link)
        let other = try PrivateKey.generate(.p256)
        let foreign = try PrincipalsBundle(
            operation: own.manifest.operation, deviceName: "SIM-1", publicKeyHash: try other.publicKeyHash,
            nonce: TestCompanion.nonce, parts: own.parts, digest: Digest.sha256)
        #expect {
            _ = try link.install(foreign, nonce: TestCompanion.nonce)
        } throws: { error in
            guard case .refusedByDevice("certificate_unfit", _)? = error as? HandOverError else {
                return false
            }
            return true
        }
        #expect(throws: HandOverError.self) { try link.activate(foreign.id, nonce: TestCompanion.nonce) }
        #expect(try bench.standing().active == own.id)
    }

    @Test func `a device refuses a certificate that does not lead to the root beside it`() throws {
        let device = try bench.device()
        defer { withExtendedLifetime(device) {} }
        let link = try companion.line(bench)
        let bundle = try companion.bundle(for: link)
        var parts = bundle.parts
        parts[.trust] = Array(try TestCompanion().root.certificate.pem.utf8)
        let foreign = try PrincipalsBundle(
            operation: bundle.manifest.operation, deviceName: "SIM-1",
            publicKeyHash: bundle.manifest.publicKeyHash, nonce: TestCompanion.nonce, parts: parts,
            digest: Digest.sha256)
        #expect(throws: HandOverError.self) { try link.install(foreign, nonce: TestCompanion.nonce) }
        #expect(try bench.standing().principals == .none)
    }

    @Test func `a line that nobody answers on is given up`() throws {
        let (line, terminal) = try SerialLine.pseudoTerminal()
        defer { withExtendedLifetime((line, terminal)) {} }
        let asker = LineAsker(
            SerialDeviceLine(try SerialLine.open(line.path), name: "serial:x"), baud: 115_200,
            patience: LineAsker.Patience(answer: .milliseconds(1), tries: 40, silentTries: 2))
        #expect(throws: HandOverError.noAnswer(link: "serial:x")) { try asker.ask(.hello) }
    }

    @Test func `one line is used by one companion at a time`() throws {
        let (line, terminal) = try SerialLine.pseudoTerminal()
        defer { withExtendedLifetime((line, terminal)) {} }
        let first = try SerialLine.open(line.path, baud: 250_000)
        #expect(throws: SystemError.self) { try SerialLine.open(line.path) }
        try first.write([1, 0, 0x0A, 0x0D, 3, 0xFF], by: Deadline(after: .seconds(5)))
        #expect(try line.read(upTo: 6, by: Deadline(after: .seconds(5))) == [1, 0, 0x0A, 0x0D, 3, 0xFF])
        try first.sendBreak()
        try first.discard()
    }

    @Test func `a file is no serial line`() throws {
        let path = bench.directory.file("file")
        try Files.writeAtomically([1], to: path)
        #expect(throws: SystemError.self) { try SerialLine.open(path) }
        #expect(throws: SystemError.missing(path: bench.directory.file("none"))) {
            try SerialLine.open(bench.directory.file("none"))
        }
    }
}
