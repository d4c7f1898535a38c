import CommandTable
import Credentials
import HandOver
import HandOverLinks
import Model
import Processes

/// A console's profile, with the login for it.
struct ConsoleChoice: Sendable {
    let profile: ConsoleProfile
    let login: (user: String, password: Redacted<String>)?

    /// What `--console` names, with the login of the environment.
    init?(_ context: CommandContext) throws {
        guard let path = context.invocation.value("console") else { return nil }
        profile = try ConsoleProfile.load(try Files.read(path, limit: 1 << 20), name: path)
        let variables = context.surroundings.variables
        login = try variables["MUSTER_CONSOLE_USER"].map { user in
            let password = try variables["MUSTER_CONSOLE_PASSWORD_FILE"].map(PassphraseFile.contents)
            // A console takes text, which it echoes to compare.
            return (user, Redacted(String(decoding: password?.copied.unredacted ?? [], as: UTF8.self)))
        }
    }
}

/// The link that was asked for, and by what the device on it is known.
struct LinkChoice: Sendable {
    let address: HandOverAddress
    /// For a device whose console knows prompts only.
    let console: ConsoleChoice?
    /// For a device on HTTPS.
    let trust: HTTPAsker.Trust?
    /// What speaks the protocol on a device that is logged in to; `nil` for one with a directory.
    let deviceCommand: String?
    private let hostKeys: HostKeys?
    private let key: String?
    private let variables: [String: String]

    /// What an option of that name gives; `nil` when it does not.
    ///
    /// - Throws: `CommandFailure` for what cannot be, before anything is saved.
    init?(_ option: String, _ companion: Companion) throws {
        let invocation = companion.context.invocation
        guard let text = invocation.value(option) else { return nil }
        guard let address = HandOverAddress(text) else {
            throw Self.usage(
                "`\(text)` is no link to a device.",
                "Write one of \(HandOverCommands.links)."
            )
        }
        try address.check()
        self.address = address
        console = try ConsoleChoice(companion.context)
        trust = try Self.trust(invocation)
        deviceCommand = invocation.value("device-command")
        key = invocation.value("ssh-key")
        variables = companion.surroundings.variables
        hostKeys =
            if case .shell = address {
                try HostKeys(invocation.value("host-key"), directory: companion.directory)
            } else { nil }
        try refuseMixing()
    }

    private static func trust(_ invocation: Invocation) throws -> HTTPAsker.Trust? {
        switch (invocation.value("device-root"), invocation.value("device-pin")) {
        case (nil, nil): return nil
        case (let path?, nil):
            let pem = String(decoding: try Files.read(path, limit: 1 << 20), as: UTF8.self)
            return .authorities(try Certificate.chain(pem: pem).map { try $0.pem }.joined())
        case (nil, let pin?):
            let digits = pin.hasPrefix("sha256:") ? pin.dropFirst(7).filter { $0 != ":" }.lowercased() : ""
            guard let hash = PayloadHash(rawValue: digits) else {
                throw usage(
                    "the pin must be sha256: and 64 hex digits.",
                    "Give the SHA-256 of the device's public key (DER).")
            }
            return .key(hash)
        case (_?, _?):
            throw usage(
                "the device is known by its root or by its key.", "Leave --device-root or --device-pin away.")
        }
    }

    private func refuseMixing() throws {
        switch address {
        case .web(let web) where web.isEncrypted && trust == nil:
            throw Self.usage(
                "nothing says by what the device at \(web) is known.",
                "Add --device-root FILE or --device-pin sha256:HASH.")
        case .shell(let shell) where (shell.directory == nil) == (deviceCommand == nil && console == nil):
            throw Self.usage(
                "it is not clear what is at \(shell): a directory, a command or a console.",
                "Write ssh://USER@HOST/DIRECTORY, or ssh://USER@HOST with --device-command or --console.")
        case .directory, .serial, .web, .shell: break
        }
    }

    private static func usage(_ what: Sentence, _ nextStep: String) -> CommandFailure {
        CommandFailure(.usage, "usage", "Nothing was done: \(what)", nextStep)
    }

    func shell(_ address: ShellAddress) -> SecureShell {
        SecureShell(
            address, knownHosts: hostKeys?.path, hostKeyName: hostKeys?.name, key: key, environment: variables
        )
    }
}

/// The file in which `ssh` looks for a device's host key.
struct HostKeys: Sendable {
    /// `nil` for the user's own file.
    let path: String?
    /// The name under which a key that was given alone stands there.
    let name: String?

    /// `given` is a file of known hosts, or a public key as `/etc/ssh/ssh_host_ed25519_key.pub` on the device.
    /// Without one the file `known_hosts` in the companion's directory counts, and without that the user's own.
    init(_ given: String?, directory: String) throws {
        guard let given else {
            let own = directory + "/known_hosts"
            path = try Files.status(own) == nil ? nil : own
            name = nil
            return
        }
        let text = String(decoding: try Files.read(given, limit: 1 << 20), as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") && !$0.isEmpty }
        guard let first = lines.first, ["ssh-", "ecdsa-", "sk-"].contains(where: { first.hasPrefix($0) })
        else {
            // Files are looked for from where `muster` was started.
            path = given
            name = nil
            return
        }
        let folder = directory + "/hand-overs"
        try Files.makeDirectories(folder)
        let known = "\(folder)/host-key-\(Hexadecimal.encode(Digest.sha256(Array(text.utf8)).prefix(16)))"
        let keys = lines.map {
            "muster-device " + $0.split(separator: " ").prefix(2).joined(separator: " ") + "\n"
        }
        try Files.writeAtomically(Array(keys.joined().utf8), to: known)
        path = known
        name = "muster-device"
    }
}
