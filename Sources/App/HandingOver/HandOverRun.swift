import CommandTable
import Credentials
import HandOver
import HandOverLinks
import Model
import Store

/// One hand-over, from the question who is there to the note in the device's history. Each step is on the
/// disk before it is said; a run that was interrupted is taken up by the next.
struct HandOverRun {
    let companion: Companion
    let device: StoredDevice
    let session: Session
    let registrar: RegistrarProfile
    let link: LinkWorker
    /// What the device is told of its services; known when its certificate is there, as a target may have come with that.
    var services: HandOverServices?
    /// The endpoint that a person names.
    let endpoint: String?
    let acceptsNewKey: Bool
    let journal: HandOverJournal
    var record: HandOverRecord
    /// What the maker says of the device, where that is demanded.
    private var maker: MakerIdentity?
    /// The key that goes with the bundle, to a device that cannot make one.
    private var given: PrivateKey?

    /// Is told of each step beside the console.
    let tell: @Sendable (HandOverStep) -> Void

    var surroundings: Surroundings { companion.surroundings }
    var name: String { device.identity.displayName }

    init(
        _ companion: Companion, _ device: StoredDevice, over choice: LinkChoice, endpoint: String?,
        acceptsNewKey: Bool, tell: @escaping @Sendable (HandOverStep) -> Void = { _ in }
    ) async throws {
        self.companion = companion
        self.tell = tell
        self.device = device
        (session, registrar) = try await companion.session()
        link = LinkWorker(choice, scanned: device.identity)
        self.endpoint = endpoint
        self.acceptsNewKey = acceptsNewKey
        journal = try HandOverJournal(directory: companion.directory, lane: device.lane)
        let now = companion.surroundings.now()
        if var known = try journal.load(), known.device == device.lane {
            known.takeUpAgain(link: link.name, operatorID: session.operatorID, at: now)
            record = known
        } else {
            record = HandOverRecord(
                device: device.lane, deviceName: device.identity.displayName, link: link.name,
                operatorID: session.operatorID,
                startedAt: now, nonce: companion.surroundings.randomBytes(ProofMessage.nonceBytes))
        }
    }

    mutating func run() async throws -> ExitCode {
        do {
            return try await steps()
        } catch let error as HandOverError {
            if error.isOfLink { try take(.linkLost) }
            throw error
        } catch is CancellationError {
            // Whoever is on the link when it goes on is asked again who they are.
            try take(.linkLost)
            throw HandOverError.stopped(device: name)
        }
    }

    private mutating func steps() async throws -> ExitCode {
        let announcement = try await identify()
        if announcement.takesSymmetricKey == true, try await awaitsSymmetricKey() {
            return try await giveSymmetricKey(announcement)
        }
        try Task.checkCancellation()
        let request = try await takeRequest(announcement)
        try Task.checkCancellation()
        let issue = try await HandOverIssue(self).chain(for: request)
        try Task.checkCancellation()
        record.operation = issue.operation
        guard let chain = issue.chain else {
            try take(.certificateOutstanding)
            say(.certificateOutstanding)
            return issue.code
        }
        try take(.certificateThere)
        tell(.certificateThere)
        let services = try await HandOverServices(
            companion.store, registrar, of: device, named: endpoint)
        self.services = services
        let bundle = try HandOverBundle(
            chain: chain, record: record, operation: issue.operation, device: announcement,
            registrar: registrar, services: services, key: given, at: surroundings.now())
        record.endpoints = services.endpoints
        return try await give(bundle, announcement)
    }

    /// Brings a bundle to the device, until it has proven that it works with it.
    mutating func give(
        _ bundle: HandOverBundle, _ announcement: DeviceAnnouncement
    ) async throws -> ExitCode {
        try await install(bundle)
        // The last moment to stop: a device that is told to switch is also asked for its proof.
        try Task.checkCancellation()
        guard try await activate(bundle) else { return .savedNeedsPerson }
        guard try await confirm(bundle, announcement) else { return .savedNeedsPerson }
        let code = try await HandOverIssue(self).note(&record, journal)
        if let note = record.note { tell(.noted(note)) }
        try await wipeGivenKey()
        return code
    }

    // MARK: Steps

    private mutating func identify() async throws -> DeviceAnnouncement {
        let announcement = try await link.hello()
        let evidence = try await link.evidence()
        record.linkEvidence = evidence
        let comparison = IdentityComparison(scanned: device.identity, said: announcement)
        record.comparison = comparison
        if !comparison.isSameDevice { try take(.deviceDiffers) }
        try comparison.check(expected: name)
        if let roots = try MakerIdentity.roots(companion.context.invocation) {
            try identify(announcement, roots)
        }
        try take(.deviceMatched)
        say(.identified(comparison))
        if evidence.isEncrypted == false { remark(.notEncrypted(link: link.name)) }
        return announcement
    }

    private mutating func identify(_ announcement: DeviceAnnouncement, _ roots: [Certificate]) throws {
        do throws(HandOverError) {
            maker = try MakerIdentity(
                announcement, roots: roots, scanned: device.identity, at: surroundings.now())
        } catch {
            try take(.deviceDiffers)
            throw error
        }
        record.idevid = .notChecked
        record.idevidWords = maker?.words(.notChecked)
    }

    private mutating func takeRequest(_ announcement: DeviceAnnouncement) async throws -> DeviceRequest {
        if announcement.takesKey == true { return try await takeMadeKey() }
        let nonce = surroundings.randomBytes(ProofMessage.nonceBytes)
        let signed = try await link.request(nonce: nonce)
        let request: DeviceRequest
        do throws(HandOverError) {
            request = try DeviceRequest(
                signed, nonce: try await link.canAsk() ? nonce : nil, device: announcement,
                stated: KeyPolicy.stated(companion.context.invocation))
            if !acceptsNewKey { try request.compare(with: device) }
            if let maker {
                let proof = try maker.check(
                    signed, nonce: try await link.canAsk() ? nonce : nil, announcement: announcement)
                record.idevid = proof
                record.idevidWords = maker.words(proof)
            }
        } catch {
            switch error {
            case .clonedIdentity, .identityRefused: try take(.requestFalse)
            default: break
            }
            throw error
        }
        record.begin(request.hash, key: request.publicKeyHash, surroundings)
        record.keyProof = request.keyProof
        try take(request.keyProof == .checked ? .requestProven : .requestUnproven)
        say(.requestTaken(request.keyProof))
        return request
    }

    /// The request of a key that the device gets with the bundle; it proves the key after the switch.
    private mutating func takeMadeKey() async throws -> DeviceRequest {
        if maker != nil, try await link.canAsk() {
            try take(.requestFalse)
            throw HandOverError.identityRefused(
                device: name,
                reason: "a device that asks for a key signs nothing, and a copy of it looks the same")
        }
        let key = try await keyToGive()
        let request = DeviceRequest(key.request)
        if !acceptsNewKey { try request.compare(with: device) }
        record.begin(request.hash, key: request.publicKeyHash, surroundings)
        given = key.key
        record.keyIsMade = true
        try take(.keyMade)
        say(.keyMade)
        return request
    }

    private mutating func install(_ bundle: HandOverBundle) async throws {
        let nonce = surroundings.randomBytes(ProofMessage.nonceBytes)
        switch try await link.install(bundle.bundle, nonce: nonce) {
        case .shown(let contents):
            guard contents == bundle.bundle.contents(nonce: nonce, digest: Digest.sha256) else {
                try take(.bundleDamaged)
                throw HandOverError.notInstalled(device: name)
            }
        case .laidDown: break
        }
        record.bundle = bundle.bundle.id
        try take(.bundleWhole)
        say(.installed(hasEndpoint: services?.file != nil))
    }

    private mutating func activate(_ bundle: HandOverBundle) async throws -> Bool {
        switch try await link.activate(bundle.bundle.id, nonce: bundle.bundle.manifest.nonceBytes) {
        case .switched:
            try take(.switched)
            say(.switched)
            return true
        case .deviceAway:
            try take(.deviceAway)
            say(.deviceAway(isCarried: record.linkEvidence?.transport == .directory))
            return false
        }
    }

    private mutating func confirm(
        _ bundle: HandOverBundle, _ announcement: DeviceAnnouncement
    ) async throws -> Bool {
        let nonce =
            try await link.canAsk()
            ? surroundings.randomBytes(ProofMessage.nonceBytes) : bundle.bundle.manifest.nonceBytes
        guard let proof = try await link.confirm(bundle.bundle.id, nonce: nonce) else {
            try take(.deviceAway)
            say(.deviceAway(isCarried: record.linkEvidence?.transport == .directory))
            return false
        }
        guard bundle.isProven(by: proof, nonce: nonce, name: announcement.name) else {
            try take(.confirmationFalse)
            throw HandOverError.confirmationFalse(device: name)
        }
        record.proof = proof
        try take(.confirmed)
        say(.confirmed)
        return true
    }

    // MARK: Record

    /// On the disk before anything is said of it.
    mutating func take(_ event: HandOverEvent) throws {
        try record.take(event, at: surroundings.now())
        try journal.save(record)
    }

    func say(_ step: HandOverStep) {
        let (word, detail) = (step.word, step.detail(link: link.name))
        companion.console.print(
            HandOverLine(
                device: device.lane, handOver: word, link: link.name, linkEvidence: record.linkEvidence,
                state: record.state,
                keyProof: record.keyProof, idevid: record.idevid, detail: detail, bundle: record.bundle,
                operation: record.operation))
        companion.console.show("\(word)  \(name)" + (detail.map { "  (\($0))" } ?? ""))
        tell(step)
    }

    /// What is worth a word, and no step.
    func remark(_ step: HandOverStep) {
        companion.console.remark(step.word)
        tell(step)
    }
}

extension HandOverRecord {
    /// What was done for another request means nothing for this one. A symmetric key stands for its own request.
    mutating func begin(_ request: PayloadHash, key: PayloadHash, _ surroundings: Surroundings) {
        guard self.request != request else { return }
        self.request = request
        keyIsMade = nil
        keyIsOf = nil
        publicKeyHash = key
        operation = nil
        bundle = nil
        endpoints = nil
        proof = nil
        note = nil
        nonce = Base64.encodeURL(surroundings.randomBytes(ProofMessage.nonceBytes))
    }
}
