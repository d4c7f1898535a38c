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
        login = variables["MUSTER_CONSOLE_USER"].map { user in
            (user, Redacted(variables["MUSTER_CONSOLE_PASSWORD"] ?? ""))
        }
    }
}

/// A link on a thread of its own, as its calls block; opened when it is first used.
actor LinkWorker {
    private let executor = BlockingExecutor(label: "hand-over link")
    private let address: HandOverAddress
    private let scanned: DeviceIdentity
    /// For a device whose console knows prompts only.
    private let console: ConsoleChoice?
    private var link: (any HandOverLink)?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    /// As given with `--to`.
    nonisolated var name: String { address.description }

    init(_ address: HandOverAddress, scanned: DeviceIdentity, console: ConsoleChoice? = nil) {
        self.console = console
        self.address = address
        self.scanned = scanned
    }

    private func opened() throws(HandOverError) -> any HandOverLink {
        if let link { return link }
        let made: any HandOverLink
        switch address {
        case .directory(let path):
            made = DirectoryLink(path, scanned: scanned, digest: Digest.sha256)
        case .serial(let path, let baud):
            let line: SerialLine
            do throws(SystemError) {
                line = try SerialLine.open(path, baud: baud ?? console?.profile.baud)
            } catch {
                throw .linkUnusable(link: name, reason: "cannot be opened: \(error.explanation.what)")
            }
            if let console {
                made = ConsoleLink(
                    line, profile: console.profile, login: console.login, name: name, digest: Digest.sha256)
            } else {
                made = LineLink(line, name: name, baud: baud, digest: Digest.sha256)
            }
        }
        link = made
        return made
    }

    func canAsk() throws(HandOverError) -> Bool { try opened().canAsk }

    func hello() throws(HandOverError) -> DeviceAnnouncement { try opened().hello() }

    func request(nonce: [UInt8]) throws(HandOverError) -> SignedRequest { try opened().request(nonce: nonce) }

    func install(_ bundle: PrincipalsBundle, nonce: [UInt8]) throws(HandOverError) -> Installation {
        try opened().install(bundle, nonce: nonce)
    }

    func activate(_ bundle: PayloadHash, nonce: [UInt8]) throws(HandOverError) -> Activation {
        try opened().activate(bundle, nonce: nonce)
    }

    func confirm(_ bundle: PayloadHash, nonce: [UInt8]) throws(HandOverError) -> InstallationProof? {
        try opened().confirm(bundle, nonce: nonce)
    }
}
