import Credentials
import HandOver
import HandOverLinks
import Model
import Processes

/// A link on a thread of its own, as its calls block; opened when it is first used.
actor LinkWorker {
    private let executor = BlockingExecutor(label: "hand-over link")
    private let address: HandOverAddress
    private let scanned: DeviceIdentity
    private var link: (any HandOverLink)?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    /// As given with `--to`.
    nonisolated var name: String { address.description }

    init(_ address: HandOverAddress, scanned: DeviceIdentity) {
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
            do throws(SystemError) { line = try SerialLine.open(path, baud: baud) } catch {
                throw .linkUnusable(link: name, reason: "cannot be opened: \(error.explanation.what)")
            }
            made = LineLink(line, name: name, baud: baud, digest: Digest.sha256)
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
