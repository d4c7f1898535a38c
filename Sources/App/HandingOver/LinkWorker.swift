import CommandTable
import Credentials
import HandOver
import HandOverLinks
import Model
import Processes

/// A link on a thread of its own, as its calls block; opened when it is first used.
actor LinkWorker {
    private let executor = BlockingExecutor(label: "hand-over link")
    private let choice: LinkChoice
    private let scanned: DeviceIdentity
    private var link: (any HandOverLink)?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    /// As given with `--to`.
    nonisolated var name: String { choice.address.description }

    init(_ choice: LinkChoice, scanned: DeviceIdentity) {
        self.choice = choice
        self.scanned = scanned
    }

    private func opened() throws(HandOverError) -> any HandOverLink {
        if let link { return link }
        let made: any HandOverLink =
            switch choice.address {
            case .directory(let path): DirectoryLink(path, scanned: scanned, digest: Digest.sha256)
            case .serial(let path, let baud): try serial(path, baud)
            case .web(let address):
                ProtocolLink(
                    try HTTPAsker(address, trust: choice.trust, digest: Digest.sha256), digest: Digest.sha256)
            case .shell(let address): try shell(address)
            }
        link = made
        return made
    }

    private func serial(_ path: String, _ baud: Int?) throws(HandOverError) -> any HandOverLink {
        let line: SerialLine
        do throws(SystemError) {
            line = try SerialLine.open(path, baud: baud ?? choice.console?.profile.baud)
        } catch {
            throw .linkUnusable(link: name, reason: "cannot be opened: \(error.explanation.what)")
        }
        if let console = choice.console {
            return ConsoleLink(
                SerialDeviceLine(line, name: name), profile: console.profile, login: console.login,
                digest: Digest.sha256)
        }
        let asker = LineAsker(SerialDeviceLine(line, name: name), baud: baud ?? 115_200)
        return ProtocolLink(asker, digest: Digest.sha256)
    }

    private func shell(_ address: ShellAddress) throws(HandOverError) -> any HandOverLink {
        let shell = choice.shell(address)
        guard let directory = address.directory else {
            let line = try ShellCommandLine(shell, command: choice.deviceCommand ?? ShellCommandLine.console)
            if let console = choice.console {
                return ConsoleLink(
                    line, profile: console.profile, login: console.login, digest: Digest.sha256)
            }
            return ProtocolLink(LineAsker(line, baud: nil, patience: .shell), digest: Digest.sha256)
        }
        return DirectoryLink(
            directory, scanned: scanned, files: try SFTPFiles(shell).stick, name: name, settling: .onDevice,
            digest: Digest.sha256)
    }

    func evidence() throws(HandOverError) -> LinkEvidence { try opened().evidence }

    func canAsk() throws(HandOverError) -> Bool { try opened().canAsk }

    func hello() throws(HandOverError) -> DeviceAnnouncement { try opened().hello() }

    func request(nonce: [UInt8]) throws(HandOverError) -> SignedRequest { try opened().request(nonce: nonce) }

    func install(_ bundle: PrincipalsBundle, nonce: [UInt8]) throws(HandOverError) -> Installation {
        try opened().install(bundle, nonce: nonce)
    }

    func activate(_ bundle: PayloadHash, nonce: [UInt8]) throws(HandOverError) -> Activation {
        try opened().activate(bundle, nonce: nonce)
    }

    func connection(nonce: [UInt8]) throws(HandOverError) -> LastConnection? {
        try opened().connection(nonce: nonce)
    }

    func confirm(_ bundle: PayloadHash, nonce: [UInt8]) throws(HandOverError) -> InstallationProof? {
        try opened().confirm(bundle, nonce: nonce)
    }
}
