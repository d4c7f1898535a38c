import Credentials
import HandOver
import HandOverLinks
import Model
import Processes
import SimulatedDevice
import Synchronization
import TestSupport
import Testing

@Suite struct DirectoryLinkTests {
    private let companion: TestCompanion
    private let bench: Bench

    init() throws {
        companion = try TestCompanion()
        bench = try Bench()
    }

    /// The kernel's files, of which one write goes wrong.
    private func files(
        failing number: Int, _ instead: @escaping @Sendable ([UInt8], String) throws(SystemError) -> Void
    ) -> StickFiles {
        let writes = Counter()
        var files = StickFiles.real
        files.write = { bytes, path throws(SystemError) in
            if writes.next() == number { return try instead(bytes, path) }
            try StickFiles.real.write(bytes, path)
        }
        return files
    }

    private final class Counter: Sendable {
        private let value = Mutex(0)

        func next() -> Int {
            value.withLock {
                $0 += 1
                return $0
            }
        }
    }

    private func companionsFiles() throws -> [String] {
        try Files.matching(bench.stick + "/SIM-1/*").filter {
            !$0.hasSuffix("/device.json") && !$0.hasSuffix("/request.csr")
        }
    }

    @Test(arguments: 1...4)
    func `a stick that is full is told, and nothing half stays on it`(_ number: Int) throws {
        #expect(try bench.visit().status == .exited(0))
        let full = files(failing: number) { _, path throws(SystemError) in throw .diskFull(path: path) }
        let link = companion.stick(bench, full)
        let bundle = try companion.bundle(for: link)
        #expect(throws: HandOverError.linkUnusable(link: link.name, reason: "is full")) {
            try link.install(bundle, nonce: [])
        }
        #expect(try companionsFiles().isEmpty)
        #expect(try bench.visit().status == .exited(0))
        #expect(try bench.standing().principals == .none)
        #expect(try companion.stick(bench).install(bundle, nonce: []) == .laidDown)
        #expect(try bench.visit().status == .exited(0))
        #expect(try bench.standing().active == bundle.id)
    }

    @Test func `a stick without room or that is read-only is told before anything is written`() throws {
        #expect(try bench.visit().status == .exited(0))
        var files = StickFiles.real
        files.room = { path throws(SystemError) in
            var space = try Files.space(at: path)
            space.available = 1000
            return space
        }
        let bundle = try companion.bundle(for: companion.stick(bench))
        #expect(
            throws: HandOverError.linkUnusable(link: "dir:\(bench.stick)", reason: "has no room for 4 files")
        ) {
            try companion.stick(bench, files).install(bundle, nonce: [])
        }
        let readOnly = self.files(failing: 1) { _, path throws(SystemError) in throw .notPermitted(path: path)
        }
        #expect {
            try companion.stick(bench, readOnly).install(bundle, nonce: [])
        } throws: { ($0 as? HandOverError)?.explanation.what.contains("read-only") ?? false }
        #expect(try companionsFiles().isEmpty)
    }

    @Test func `a stick that loses what was written is found out`() throws {
        #expect(try bench.visit().status == .exited(0))
        let lossy = files(failing: 2) { bytes, path throws(SystemError) in
            try StickFiles.real.write(Array(bytes.dropLast()), path)
        }
        let link = companion.stick(bench, lossy)
        let bundle = try companion.bundle(for: link)
        #expect {
            try link.install(bundle, nonce: [])
        } throws: { ($0 as? HandOverError)?.explanation.what.contains("does not keep") ?? false }
        #expect(try companionsFiles().isEmpty)
    }

    @Test func `a device refuses a bundle of which a part was changed on the way`() throws {
        #expect(try bench.visit().status == .exited(0))
        let link = companion.stick(bench)
        let bundle = try companion.bundle(for: link)
        #expect(try link.install(bundle, nonce: []) == .laidDown)
        let layout = DirectoryLayout(directory: bench.stick, deviceName: "SIM-1")
        for part in bundle.manifest.parts {
            let path = layout.part(part.name, of: bundle.id)
            let whole = try Files.read(path, limit: 1 << 20)
            try Files.writeAtomically(Array(whole.dropLast()), to: path)
            #expect(try bench.visit().status == .exited(1))
            try Files.remove(path)
            #expect(try bench.visit().status == .exited(1))
            #expect(try bench.standing().principals == .none)
            try Files.writeAtomically(whole, to: path)
        }
        #expect(try bench.visit().status == .exited(0))
        #expect(try bench.standing().active == bundle.id)
    }

    @Test func `among several devices the one that was scanned is found`() throws {
        #expect(try bench.visit().status == .exited(0))
        let other = try SimulatedDevice(
            directory: bench.directory.file("other"), fields: ["serial": "SIM-2"],
            now: { SystemClock.now() })
        #expect(try DirectoryDesk(other).visit(bench.stick) == .asked)
        #expect(try companion.stick(bench).hello().fields["serial"] == "SIM-1")
        let third = DirectoryLink(
            bench.stick, scanned: DeviceIdentity(fields: ["serial": "SIM-3"]), digest: Digest.sha256)
        let said = try third.hello()
        #expect(
            !IdentityComparison(scanned: DeviceIdentity(fields: ["serial": "SIM-3"]), said: said).isSameDevice
        )
    }

    @Test func `a directory where no device has been is told`() throws {
        #expect {
            try companion.stick(bench).hello()
        } throws: { ($0 as? HandOverError)?.explanation.id == "link_unusable" }
    }

    @Test func `a device that has the directory itself is waited for`() throws {
        #expect(try bench.visit().status == .exited(0))
        let bundle = try companion.bundle(for: companion.stick(bench))
        #expect(try companion.stick(bench).install(bundle, nonce: []) == .laidDown)
        let looks = Counter()
        let bench = bench
        var files = StickFiles.real
        files.read = { path, limit throws(SystemError) in
            // The device comes between the second look and the third.
            if path.hasSuffix("/confirmation.json"), looks.next() == 3 { _ = try? bench.visit() }
            return try StickFiles.real.read(path, limit)
        }
        let link = DirectoryLink(
            bench.stick, scanned: Bench.identity, files: files,
            settling: DirectoryLink.Settling(patience: .seconds(30), pause: .milliseconds(1)),
            digest: Digest.sha256)
        #expect(try link.activate(bundle.id, nonce: []) == .switched)
        #expect(looks.next() == 4)
    }
}
