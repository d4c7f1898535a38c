import Foundation
import Processes
import TestSupport
import Testing

/// A whole commissioning with secrets that are recognised anywhere: none of them turns up where others could read it.
@Suite struct CanaryTests {
    private static let passphrase = "kanarienvogel-singt-leise-4711"
    private static let claimCode = "KANARIE7Q2ZX9-PTH4"

    private static let words = "kanarienkaefig-im-keller"

    private var bundle: String { tablet.home.directory.file("for-support") }

    private let tablet: Tablet
    private let server: Server
    private let token: String

    init() throws {
        tablet = try Tablet(["MUSTER_VAULT_PASSPHRASE_FILE": "secret/pass"])
        try tablet.home.makeTeamRegistrar()
        server = try Server(tablet.home, directory: "reg")
        // What only its owner has is kept apart from all that is searched.
        try Files.makeDirectories(tablet.home.directory.file("secret"))
        let pairing = try tablet.home.registrar(
            "pairing jk --directory reg --url https://127.0.0.1:\(server.port) --output secret/jk.pairing")
        try #require(pairing.code == 0)
        let file =
            try JSONSerialization.jsonObject(
                with: Data(try tablet.home.contents("secret/jk.pairing").utf8)) as? [String: Any]
        token = try #require(file?["token"] as? String)
        try Files.writeAtomically(
            Array(Self.passphrase.utf8), to: tablet.home.directory.file("secret/pass"), mode: 0o600)
    }

    /// On the screen: the vault made and opened by typing, a label with a claim code scanned and confirmed.
    private func workOnScreen() throws -> [UInt8] {
        #expect(try tablet.muster("registrar pair secret/jk.pairing").code == 0)
        let created = try PTYSession(
            BuiltProgram.path("muster"), arguments: ["vault", "create", "--store", tablet.store],
            environment: tablet.home.variables.filter { $0.key != "MUSTER_VAULT_PASSPHRASE_FILE" })
        for question in ["New passphrase:", "The same again:"] {
            try created.waitFor(text: question)
            try created.send(Self.passphrase + "\n")
        }
        #expect(try created.waitForEnd() == .exited(0))
        let session = try tablet.open()
        try session.see("Passphrase or PIN")
        try session.type(Self.passphrase, into: "Passphrase or PIN", mask: "•")
        try session.press(Keys.enter)
        try session.see("SCAN A DEVICE")
        try session.press("2")
        try session.see("Set once what every device gets")
        try session.press(Keys.enter)
        try session.see("Ready: scan the next device")
        try session.scan("SN:KA-1;CLAIM:\(Self.claimCode)")
        try session.seeRow("✓", "KA-1", "confirmed", seconds: PTYSession.patienceForRetry)
        session.signalForeground(SIGTERM)
        _ = try session.waitForEnd()
        return created.transcript + session.transcript
    }

    /// By commands: a made key, handed over.
    private func handOver() throws -> [UInt8] {
        let (disk, tty) = (tablet.home.directory.file("secret/device"), tablet.home.directory.file("tty"))
        let device = try DeviceProcess(disk: disk, tty: tty, ["--identity", "KA-2", "--takes-key"])
        defer { withExtendedLifetime(device) {} }
        let finished = try tablet.muster(
            "commission --json --serial KA-2 --make-key --hand-over serial:\(tty)")
        #expect(finished.code == 0, "\(finished.output)\(finished.errors)")
        // Words of people are no secrets, and no business of support's either.
        #expect(try tablet.muster("note KA-2 \(Self.words)").code == 0)
        let doctor = try tablet.muster("doctor --json --bundle \(bundle)")
        #expect(doctor.code == 0, "\(doctor.errors)")
        let audit = try tablet.muster("device history --json KA-2")
        return [finished, doctor, audit].flatMap { Array(($0.output + $0.errors).utf8) }
    }

    @Test func `none of the secrets is in files, arguments, environments or on the terminal`() throws {
        let watch = ProcessWatch(home: tablet.home.directory.path)
        let said = try workOnScreen() + handOver()
        let seen = watch.stop()
        #expect(seen.contains(Data("commission".utf8)), "no process was seen at all")
        try server.stop()
        let files = try FileManager.default.contentsOfDirectory(atPath: bundle).sorted()
        #expect(
            files == [
                "README.txt", "audit.jsonl", "doctor.jsonl", "operations.jsonl", "problems.jsonl",
                "queue.jsonl", "versions.jsonl",
            ])
        #expect(try tablet.home.contents("for-support/operations.jsonl").contains("\"kind\":\"provision\""))
        for file in files {
            let text = try tablet.home.contents("for-support/\(file)")
            for hidden in [Self.words, "KA-1", "KA-2"] {
                #expect(!text.contains(hidden), "\(hidden): \(file)")
            }
        }
        for (name, secret) in [
            ("passphrase", Self.passphrase), ("claim code", Self.claimCode), ("token", token),
        ] {
            let search = SecretSearch(secret)
            #expect(search.form(in: Data(said)) == nil, "\(name) on the terminal")
            #expect(search.form(in: seen) == nil, "\(name) in arguments or an environment")
            for place in [tablet.store, tablet.home.directory.file("reg")] {
                #expect(try search.hits(in: place) == [], "\(name)")
            }
            let elsewhere = try search.hits(in: tablet.home.directory.path).filter {
                !$0.hasPrefix("secret/")
            }
            #expect(elsewhere == [], "\(name)")
        }
    }
}

/// Looks again and again at the arguments and environments of every process whose home is the test's.
private final class ProcessWatch: Sendable {
    private let ended: (reading: Descriptor, writing: Descriptor)?
    private let found = Collected()

    /// What was seen, of several threads.
    private final class Collected: @unchecked Sendable {
        private let lock = NSLock()
        private var all: Set<Data> = []
        let isOver = DispatchSemaphore(value: 0)

        func add(_ data: Data) { lock.withLock { _ = all.insert(data) } }
        func everything() -> Data { lock.withLock { all.reduce(into: Data()) { $0 += $1 } } }
    }

    init(home: String) {
        ended = try? Descriptor.pipe()
        let (found, reading) = (found, ended?.reading)
        let thread = Thread {
            defer { found.isOver.signal() }
            while let reading {
                let deadline = Deadline(after: .milliseconds(10))
                if (try? Descriptor.waitUntilReadable([reading], by: deadline))?.first != false { return }
                for process in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] {
                    guard Int(process) != nil else { continue }
                    let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
                    let variables = FileManager.default.contents(atPath: "/proc/\(process)/environ") ?? Data()
                    guard (words + variables).range(of: Data(home.utf8)) != nil else { continue }
                    found.add(words + variables)
                }
            }
        }
        thread.start()
    }

    /// Everything that was seen.
    func stop() -> Data {
        try? ended?.writing.writeAll([1])
        found.isOver.wait()
        return found.everything()
    }
}
