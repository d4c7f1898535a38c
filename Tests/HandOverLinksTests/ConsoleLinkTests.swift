import Credentials
import Foundation
import HandOver
import HandOverLinks
import Model
import Processes
import TestSupport
import Testing

/// A shell at a pseudo terminal is the device: what is typed there is done for real.
@Suite struct ConsoleLinkTests {
    private let companion: TestCompanion
    private let directory: TemporaryDirectory
    private let key: PrivateKey
    private let profile: ConsoleProfile

    init() throws {
        companion = try TestCompanion()
        directory = try TemporaryDirectory()
        key = try PrivateKey.generate(.p256)
        let request = try CertificateRequest.create(key: key, commonName: "SIM-1")
        for (name, text) in [
            ("key.pem", try key.pem.unredacted), ("request.csr", try request.pem),
            ("identity", "serial=SIM-1\nmac=00:11:22:AA:BB:CC\n"),
        ] { try Files.writeAtomically(Array(text.utf8), to: directory.file(name)) }
        let shipped = #filePath.components(separatedBy: "/Tests/")[0] + "/Assets/consoles/linux-openssl.json"
        let here = try String(contentsOfFile: shipped, encoding: .utf8)
            .replacing("/etc/muster", with: directory.path)
        profile = try ConsoleProfile.load(Array(here.utf8), name: "here")
    }

    /// A terminal with echo and line ends as a real one, and a shell at it, behind a login when there is one.
    private final class Shell {
        let line: SerialLine
        let child: Child

        init(_ script: String) throws {
            let (line, held) = try SerialLine.pseudoTerminal()
            self.line = line
            // A shell waits at its terminal.
            let terminal = try Files.open(line.path, [.read, .write])
            defer { withExtendedLifetime(held) {} }
            // In a session of its own: a shell that finds the terminal of whoever runs the tests takes that from them.
            child = try Child(
                "/usr/bin/setsid", arguments: ["/bin/sh", "-c", "stty sane; " + script],
                environment: ["PATH": "/usr/bin:/bin", "PS1": "# "],
                descriptors: [0: terminal, 1: terminal, 2: terminal])
        }

        deinit { _ = try? child.end() }
    }

    private func link(
        _ shell: Shell, login: (user: String, password: Redacted<String>)? = nil
    ) -> ConsoleLink {
        ConsoleLink(
            SerialDeviceLine(shell.line, name: "serial:c"), profile: profile, login: login,
            digest: Digest.sha256)
    }

    private static let withLogin = """
        while [ -z "$user" ]; do printf 'login: '; read user || exit 1; done; printf 'Password: '; read password
        if [ "$user/$password" = root/secret ]; then exec sh -i; fi; printf 'login: '; read user
        """

    @Test func `principals are typed in, checked by hash, switched and proven`() throws {
        let shell = try Shell("exec sh -i")
        let link = link(shell)
        #expect(
            try link.hello() == DeviceAnnouncement(fields: ["serial": "SIM-1", "mac": "00:11:22:AA:BB:CC"]))
        let bundle = try companion.bundle(for: link)
        try companion.deliver(bundle, over: link)
        for (part, bytes) in bundle.parts {
            #expect(try Files.read(directory.file("active/" + part.rawValue), limit: 1 << 20) == bytes)
        }
        #expect(try link.hello().active == bundle.id)
        let next = try companion.bundle(for: link, endpoint: "mqtts://b")
        try companion.deliver(next, over: link)
        #expect(try link.hello().active == next.id)
    }

    @Test func `the request is signed over the nonce with the device's key`() throws {
        let shell = try Shell("exec sh -i")
        let link = link(shell)
        _ = try link.hello()
        let signed = try link.request(nonce: TestCompanion.nonce)
        let request = try CertificateRequest(Base64.decode(signed.request) ?? [])
        let message = ProofMessage.request(
            nonce: TestCompanion.nonce, name: "SIM-1",
            request: PayloadHash(digest: Digest.sha256(request.der)))
        let signature = try #require(Base64.decode(signed.signature ?? ""))
        #expect(request.isSigned(message, by: signature))
        #expect(!request.isSigned(message + [0], by: signature))
    }

    @Test func `a console that asks for a login gets it, or is told of it`() throws {
        let shell = try Shell(Self.withLogin)
        let link = link(shell, login: ("root", Redacted("secret")))
        #expect(try link.hello().fields["serial"] == "SIM-1")
        let wrong = try Shell(Self.withLogin)
        #expect(throws: HandOverError.linkUnusable(link: "serial:c", reason: "did not accept the login")) {
            try self.link(wrong, login: ("root", Redacted("no"))).hello()
        }
        let without = try Shell(Self.withLogin)
        #expect(
            throws: HandOverError.linkUnusable(
                link: "serial:c", reason: "asks for a login, and none was given")
        ) {
            try self.link(without).hello()
        }
    }

    @Test func `a device that cannot keep a part refuses, and works on with what it had`() throws {
        let shell = try Shell("exec sh -i")
        let link = link(shell)
        _ = try link.hello()
        let bundle = try companion.bundle(for: link)
        try companion.deliver(bundle, over: link)
        let next = try companion.bundle(for: link, endpoint: "mqtts://b")
        // What is in the way of the new bundle's directory.
        try Files.writeAtomically([1], to: directory.file("bundles/\(next.id)"))
        #expect(throws: HandOverError.self) { try link.install(next, nonce: TestCompanion.nonce) }
        #expect(try link.hello().active == bundle.id)
    }

    @Test func `a console that goes away while a part is typed leaves the old principals`() throws {
        let first = try Shell("exec sh -i")
        let link = link(first)
        _ = try link.hello()
        let bundle = try companion.bundle(for: link)
        try companion.deliver(bundle, over: link)
        let next = try companion.bundle(for: link, endpoint: "mqtts://b")
        try first.child.end()
        #expect(throws: HandOverError.self) { try link.install(next, nonce: TestCompanion.nonce) }
        let again = try Shell("exec sh -i")
        let second = self.link(again)
        #expect(try second.hello().active == bundle.id)
        try companion.deliver(next, over: second)
        #expect(try second.hello().active == next.id)
    }

    @Test func `a shell behind a login takes principals as a console does`() throws {
        let server = try ShellServer()
        defer { withExtendedLifetime(server) {} }
        let line = try ShellCommandLine(try companion.shell(server), command: ShellCommandLine.console)
        let link = ConsoleLink(line, profile: profile, login: nil, digest: Digest.sha256)
        #expect(try link.hello().fields["serial"] == "SIM-1")
        let bundle = try companion.bundle(for: link)
        try companion.deliver(bundle, over: link)
        #expect(try link.hello().active == bundle.id)
        #expect(
            link.evidence.transport == .shellConsole
                && link.evidence.peer?.hasPrefix("host key SHA256:") == true)
    }
}
