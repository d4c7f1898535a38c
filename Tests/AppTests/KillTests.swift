import Foundation
import Processes
import TestSupport
import Testing

/// The battery is pulled while operations are accepted.
@Suite struct KillTests {
    /// One run of `commission --lines`: lines go in, acknowledgements come out, and it is killed at a moment of chance.
    private func feed(_ lines: [String], to home: Home, killAfter count: Int) throws -> [Int] {
        let (child, feeding, output) = try start(home)
        // All lines fit into the pipe: the program decides how fast it takes them.
        try feeding.writeAll(Array(lines.joined(separator: "\n").utf8) + [0x0A])
        var said: [UInt8] = []
        while said.count(where: { $0 == 0x0A }) < count {
            let bytes = try output.read(upTo: 4096)
            if bytes.isEmpty { break }
            said += bytes
        }
        child.send(.kill)
        _ = try child.wait()
        while case let bytes = try output.read(upTo: 4096), !bytes.isEmpty { said += bytes }
        withExtendedLifetime(feeding) {}
        // A line that was cut is no acknowledgement.
        let whole = said.prefix(through: said.lastIndex(of: 0x0A) ?? -1)
        return try String(decoding: whole, as: UTF8.self).split(separator: "\n").compactMap { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return object?["line"] as? Int
        }
    }

    /// The child's ends of the pipes are closed here when this returns, so that its end is seen.
    private func start(_ home: Home) throws -> (child: Child, feeding: Descriptor, output: Descriptor) {
        let (input, feeding) = try Descriptor.pipe()
        let (output, saying) = try Descriptor.pipe()
        let child = try Child(
            Home.programs + "/muster", arguments: ["commission", "--lines", "--json", "--offline"],
            environment: home.variables, descriptors: [0: input, 1: saying], directory: home.directory.path)
        return (child, feeding, output)
    }

    @Test func `killed two hundred times, nothing acknowledged is missing and nothing is doubled`() throws {
        let home = try Home()
        #expect(try home.muster("commission --serial SN-first --offline").code == 4)
        var random = SeededRandom(seed: 200)
        var acknowledged: Set<String> = []
        var next = 0
        for _ in 0..<200 {
            let serials = (next..<next + 12).map { "SN-\($0)" }
            let killAfter = Int.random(in: 0...8, using: &random)
            let lines = try feed(serials, to: home, killAfter: killAfter)
            for line in lines { acknowledged.insert(serials[line - 1]) }
            // The technician scans again what was not acknowledged, some of which may be saved.
            next += lines.count
        }
        let entries = try home.muster("queue list --json --state all --limit 100000").objects
        let saved = entries.compactMap { $0["lane"] as? String }.map {
            $0.replacing("serial:generic/", with: "")
        }
        #expect(Set(saved).count == saved.count, "an operation is doubled")
        #expect(acknowledged.subtracting(saved).isEmpty, "missing: \(acknowledged.subtracting(saved))")
        #expect(acknowledged.count > 400)
        let doctor = try home.muster("doctor")
        #expect(doctor.code == 0, "\(doctor.output)")
        #expect(try home.muster("sync").code == 0)
        let confirmed = try home.muster("queue list --json --state confirmed --limit 100000").objects
        #expect(confirmed.count == entries.count)
    }
}
