package import HandOver
package import Model

/// A device whose console knows prompts only: what the protocol asks is typed there, as a profile says.
///
/// Bundles are put together beside the one in use and checked by hash; the switch is one command.
package final class ConsoleLink: HandOverLink {
    package var name: String { line.name }
    package var canAsk: Bool { true }
    package var evidence: LinkEvidence {
        let way = line.evidence
        return LinkEvidence(way.transport == .serial ? .console : .shellConsole, peer: way.peer)
    }
    private let line: any DeviceLine
    private let profile: ConsoleProfile
    private let console: Console
    private let digest: DigestFunction
    private var deviceName = ""

    /// Bytes of a line of base64: what the shortest consoles take, with the command around it.
    private static let lineBytes = 90
    /// How often a part is sent that arrives changed.
    private static let tries = 3

    /// `login` is the name and the password for a console that asks for them.
    package init(
        _ line: any DeviceLine, profile: ConsoleProfile, login: (user: String, password: Redacted<String>)?,
        digest: @escaping DigestFunction
    ) {
        self.profile = profile
        self.line = line
        self.digest = digest
        console = Console(
            line, profile, login: login.map { Console.Login(user: $0.user, password: $0.password) })
    }

    package func hello() throws(HandOverError) -> DeviceAnnouncement {
        let fields = profile.commands["identify"]?.read(try console.run("identify")) ?? [:]
        let active = try console.value("bundle", of: "active", [:])
        let announcement = DeviceAnnouncement(fields: fields, active: PayloadHash(rawValue: active))
        deviceName = announcement.name
        return announcement
    }

    package func request(nonce: [UInt8]) throws(HandOverError) -> SignedRequest {
        let output = try console.run("request")
        let lines = output.split(separator: "\n")
        guard let first = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN CERTIFICATE REQUEST") }),
            let last = lines.lastIndex(where: { $0.hasPrefix("-----END CERTIFICATE REQUEST") }), first < last,
            let der = Base64.decode(lines[(first + 1)..<last].joined())
        else { throw .requestUnreadable("the console must print it in PEM") }
        let message = ProofMessage.request(
            nonce: nonce, name: deviceName, request: PayloadHash(digest: digest(der)))
        return SignedRequest(request: der, signature: try signature(over: message))
    }

    private func signature(over message: [UInt8]) throws(HandOverError) -> [UInt8] {
        let text = try console.value("signature", of: "sign", ["line": Base64.encode(message)])
        guard let signature = Base64.decode(text) else {
            throw .lineUnreadable("the signature must be base64")
        }
        return signature
    }

    package func install(
        _ bundle: PrincipalsBundle, nonce: [UInt8]
    ) throws(HandOverError) -> Installation {
        if try contents(bundle.id, nonce) != bundle.contents(nonce: nonce, digest: digest) {
            try upload(bundle.manifestBytes, .manifest, of: bundle.id)
            for part in bundle.manifest.parts {
                try upload(bundle.parts[part.name] ?? [], part.name, of: bundle.id)
            }
        }
        return .shown(contents: try contents(bundle.id, nonce))
    }

    package func activate(_ bundle: PayloadHash, nonce: [UInt8]) throws(HandOverError) -> Activation {
        if try console.value("bundle", of: "active", [:]) != bundle.rawValue {
            _ = try console.run("activate", ["bundle": bundle.rawValue])
        }
        return .switched
    }

    /// A console knows prompts, and no connections.
    package func connection(nonce: [UInt8]) throws(HandOverError) -> LastConnection? { nil }

    package func confirm(
        _ bundle: PayloadHash, nonce: [UInt8]
    ) throws(HandOverError) -> InstallationProof? {
        guard let active = PayloadHash(rawValue: try console.value("bundle", of: "active", [:])) else {
            throw .confirmationFalse(device: deviceName)
        }
        let contents = try contents(active, nonce)
        let message = ProofMessage.confirmation(
            nonce: nonce, name: deviceName, bundle: active, contents: contents)
        return InstallationProof(
            bundle: active, nonce: nonce, contents: contents, signature: try signature(over: message))
    }

    /// The hash that the device itself makes over the nonce and what it holds.
    private func contents(_ bundle: PayloadHash, _ nonce: [UInt8]) throws(HandOverError) -> PayloadHash {
        let text = try console.value(
            "sha256", of: "contents", ["bundle": bundle.rawValue, "line": Base64.encode(nonce)])
        guard let contents = PayloadHash(rawValue: text) else {
            throw .lineUnreadable("the hash of the contents must be \(PayloadHash.rule)")
        }
        return contents
    }

    /// Sends a part line by line, and keeps it when the device's hash of it is right.
    private func upload(
        _ bytes: [UInt8], _ part: BundleManifest.PartName, of bundle: PayloadHash
    ) throws(HandOverError) {
        let path = profile.uploadPath
        for _ in 0..<Self.tries {
            _ = try console.run("begin", ["path": path])
            for start in stride(from: 0, to: bytes.count, by: Self.lineBytes) {
                let line = Base64.encode(bytes[start..<min(bytes.count, start + Self.lineBytes)])
                _ = try console.run("append", ["path": path, "line": line])
            }
            let hash = try console.value("sha256", of: "check", ["path": path])
            guard hash == Hexadecimal.encode(digest(bytes)) else { continue }
            _ = try console.run(
                "keep", ["path": path, "bundle": bundle.rawValue, "part": part.rawValue])
            return
        }
        throw .linkUnusable(link: name, reason: "changed \(part.rawValue) on the way \(Self.tries) times")
    }
}
