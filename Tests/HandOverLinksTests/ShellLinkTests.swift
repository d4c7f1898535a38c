import Credentials
import HandOver
import HandOverLinks
import Model
import Processes
import SimulatedDevice
import TestSupport
import Testing

/// Devices that are logged in to through the system's own `ssh` and `sshd`.
@Suite struct ShellLinkTests {
    private let companion: TestCompanion
    private let bench: Bench

    init() throws {
        companion = try TestCompanion()
        bench = try Bench()
    }

    private func fingerprint(_ server: ShellServer) throws -> String {
        let run = try Child.run(
            "/usr/bin/ssh-keygen", arguments: ["-l", "-f", server.hostKey], timeout: .seconds(30))
        return String(try #require(run.outputText.split(separator: " ").dropFirst().first))
    }

    private func expect(
        _ id: String, _ words: String, _ body: () throws -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(sourceLocation: sourceLocation) {
            try body()
        } throws: { error in
            guard let explanation = (error as? HandOverError)?.explanation else { return false }
            return explanation.id == id && explanation.what.contains(words)
        }
    }

    @Test func `a command on the device takes principals, and the host key is on record`() throws {
        let server = try ShellServer()
        defer { withExtendedLifetime(server) {} }
        let link = try companion.command(server, bench.deviceCommand())
        #expect(try link.hello().fields["serial"] == "SIM-1")
        #expect(link.evidence == LinkEvidence(.shellCommand, peer: "host key \(try fingerprint(server))"))
        let bundle = try companion.bundle(for: link)
        try companion.deliver(bundle, over: link)
        #expect(try bench.standing().active == bundle.id)
    }

    @Test(arguments: ["internal-sftp", "/usr/lib/openssh/sftp-server -P posix-rename,fsync,statvfs"])
    func `a directory on the device is laid out as a stick is, also by a server without extensions`(
        _ files: String
    ) throws {
        let server = try ShellServer(files: files)
        defer { withExtendedLifetime(server) {} }
        #expect(try bench.visit().status == .exited(0))
        // What else may lie there.
        try Files.writeAtomically([1], to: bench.stick + "/file")
        try Files.makeDirectories(bench.stick + "/folder of somebody")
        let link = try companion.directory(server, bench)
        let bundle = try companion.bundle(for: link)
        #expect(link.evidence == LinkEvidence(.shellDirectory, peer: "host key \(try fingerprint(server))"))
        #expect(try link.install(bundle, nonce: []) == .laidDown)
        #expect(try link.activate(bundle.id, nonce: []) == .deviceAway)
        #expect(try bench.visit().status == .exited(0))
        #expect(try link.activate(bundle.id, nonce: []) == .switched)
        try companion.expectProof(try link.confirm(bundle.id, nonce: []), of: bundle, TestCompanion.nonce)
        #expect(try Files.matching(bench.stick + "/*/*.new-*").isEmpty)
        #expect(try bench.standing().active == bundle.id)
        // What is there already is not brought again, and a new bundle takes the old one's place.
        #expect(try link.install(bundle, nonce: []) == .laidDown)
        let next = try companion.bundle(for: link, endpoint: "mqtts://b")
        #expect(try link.install(next, nonce: []) == .laidDown)
        #expect(try bench.visit().status == .exited(0))
        #expect(try bench.standing().active == next.id)
    }

    /// Bytes of the companion's after which its connection breaks: in the middle of each of the files, and at the end.
    @Test(arguments: [300, 900, 1500, 2200, 3000, 4000, 5000])
    func `a connection that breaks while files are written leaves the old principals`(_ bytes: Int) throws {
        #expect(try bench.visit().status == .exited(0))
        let whole = try ShellServer()
        defer { withExtendedLifetime(whole) {} }
        let old = try companion.bundle(for: try companion.directory(whole, bench))
        #expect(try companion.directory(whole, bench).install(old, nonce: []) == .laidDown)
        #expect(try bench.visit().status == .exited(0))
        let new = try companion.bundle(for: try companion.directory(whole, bench), endpoint: "mqtts://b")
        let breaking = try ShellServer(
            files: "/bin/dd bs=1 count=\(bytes) status=none | /usr/lib/openssh/sftp-server")
        defer { withExtendedLifetime(breaking) {} }
        #expect(throws: HandOverError.linkLost(link: breaking.address(bench.stick))) {
            try companion.directory(breaking, bench).install(new, nonce: [])
        }
        _ = try bench.visit()
        #expect(try bench.standing().principals == .whole && bench.standing().active == old.id)
        #expect(try companion.directory(whole, bench).install(new, nonce: []) == .laidDown)
        #expect(try bench.visit().status == .exited(0))
        #expect(try bench.standing().active == new.id)
    }

    @Test func `a device with another host key is not spoken to`() throws {
        let server = try ShellServer()
        defer { withExtendedLifetime(server) {} }
        let (other, nobody) = (server.directory.file("other"), server.directory.file("nobody"))
        try ShellServer.makeKey(other)
        let key = String(decoding: try Files.read(other + ".pub", limit: 4096), as: UTF8.self)
        try Files.writeAtomically(Array("[127.0.0.1]:\(server.port) \(key)".utf8), to: other)
        try Files.writeAtomically([], to: nobody)
        for (file, words) in [(other, "another than the one on file"), (nobody, "on no file here")] {
            var shell = try companion.shell(server)
            shell.knownHosts = file
            expect("device_not_trusted", words) { try hello(shell) }
        }
    }

    private func hello(_ shell: SecureShell, _ command: String = "true") throws {
        let line = try ShellCommandLine(shell, command: command)
        _ = try LineAsker(line, baud: nil, patience: .shell).ask(.hello)
    }

    @Test func `a host key alone is found under a name of its own`() throws {
        let server = try ShellServer()
        defer { withExtendedLifetime(server) {} }
        let known = server.directory.file("named")
        let key = String(decoding: try Files.read(server.hostKey, limit: 4096), as: UTF8.self)
        try Files.writeAtomically(Array("muster-device \(key)".utf8), to: known)
        var shell = try companion.shell(server)
        shell.knownHosts = known
        shell.hostKeyName = "muster-device"
        try hello(shell, bench.deviceCommand())
    }

    @Test func `why a login does not work is told`() throws {
        let server = try ShellServer()
        defer { withExtendedLifetime(server) {} }
        var shell = try companion.shell(server)
        expect("link_unusable", "does not have the command") { try hello(shell, "/nowhere/agent") }
        expect("link_unusable", "ended with status 3: no room") {
            try hello(shell, "echo no room >&2; exit 3")
        }
        expect("link_lost", "is gone") { try hello(shell, "true") }
        expect("link_unusable", "begins with a dash") { try hello(shell, "-oProxyCommand=true") }
        let stranger = server.directory.file("stranger")
        try ShellServer.makeKey(stranger)
        shell.key = stranger
        expect("link_unusable", "does not let this user log in") { try hello(shell) }
        shell.address = try address("ssh://\(server.user)@127.0.0.1:1")
        expect("device_not_reached", "refused") { try hello(shell) }
    }

    private func address(_ text: String) throws -> ShellAddress {
        guard case .shell(let address)? = HandOverAddress(text) else {
            throw ProgramFailure(description: "\(text) is no address")
        }
        return address
    }

    @Test func `a command that answers nothing is given up`() throws {
        let server = try ShellServer()
        defer { withExtendedLifetime(server) {} }
        let line = try ShellCommandLine(try companion.shell(server), command: "sleep 1000")
        let patience = LineAsker.Patience(answer: .milliseconds(20), tries: 3, silentTries: 2)
        #expect(throws: HandOverError.noAnswer(link: line.name)) {
            try LineAsker(line, baud: nil, patience: patience).ask(.hello)
        }
    }

    @Test func `a directory that is not there, or that nobody was at, is told`() throws {
        let server = try ShellServer()
        defer { withExtendedLifetime(server) {} }
        let shell = try companion.shell(server)
        let missing = DirectoryLink(
            "/nowhere", scanned: Bench.identity, files: try SFTPFiles(shell).stick, name: "x",
            digest: Digest.sha256)
        expect("link_unusable", "does not have /nowhere") { _ = try missing.hello() }
        expect("link_unusable", "has no request of a device yet") {
            _ = try companion.directory(server, bench).hello()
        }
    }

    /// What a server sends that does not speak the protocol as it should; the first packet of a good one is 9 bytes long.
    @Test(arguments: [
        "nothing at all", #"\0\0\0\0"#, #"\377\377\377\377"#, #"\0\0\0\5\2\0\0\0\2"#,
        #"\0\0\0\5\145\0\0\0\3"#, #"\0\0\0\1\2"#,
        #"\0\0\0\5\2\0\0\0\3garbage and more"#, #"\0\0\0\5\2\0\0\0\3\0\0\0\11\145\0\0\0\7\0\0\0\0"#,
        #"\0\0\0\5\2\0\0\0\3\0\0\0\5\150\0\0\0\1"#,
        #"\0\0\0\5\2\0\0\0\3\0\0\0\15\146\0\0\0\1\377\377\377\377abcd"#,
    ])
    func `a server that sends nonsense is told, and nothing comes of it`(_ bytes: String) throws {
        let server = try ShellServer(files: "/usr/bin/printf '\(bytes)'; cat >/dev/null")
        defer { withExtendedLifetime(server) {} }
        #expect {
            let link = try companion.directory(server, bench)
            _ = try link.hello()
        } throws: { error in
            ["link_unusable", "link_lost"].contains((error as? HandOverError)?.explanation.id)
        }
    }

    @Test func `nothing is asked of a person, forwarded, or left to a configuration`() throws {
        let shell = SecureShell(
            try address("ssh://root@[fe80::1%25eth0]:2222"), knownHosts: "/a b/100%", key: "/k 5%",
            environment: ["HOME": "/h", "SECRET": "x", "LD_PRELOAD": "/x.so"])
        #expect(shell.environment == ["HOME": "/h", "LC_ALL": "C"])
        let words = shell.arguments(.command("muster-agent --x"))
        for setting in [
            "BatchMode=yes", "StrictHostKeyChecking=yes", "PasswordAuthentication=no", "ForwardAgent=no",
            "PermitLocalCommand=no", "UserKnownHostsFile=\"/a b/100%%\"",
        ] { #expect(words.contains(setting)) }
        #expect(words.suffix(3) == ["--", "fe80::1%eth0", "muster-agent --x"])
        #expect(words.contains("/k 5%%") && words.contains("2222"))
        #expect(shell.arguments(.subsystem("sftp")).suffix(4) == ["-s", "--", "fe80::1%eth0", "sftp"])
    }
}
