package import Model
package import Wedge

/// Work for the world outside: the disk, the network, the camera. Each is answered, at some time, by an `Answer`.
///
/// `ticket` tells answers to the same kind of request apart; screens count it up.
package enum Request: Equatable, Sendable {
    case loadWork
    case chooseSession(RegistrarID, OperatorID)
    /// Opens the operator's vault with a passphrase.
    case openVault(RegistrarID, OperatorID, SecretText)
    /// Drops the keys of every vault.
    case lockVault
    case signIn(RegistrarID, OperatorID, SecretText)
    case signOut
    case check(ticket: Int, Candidate)
    case save(ticket: Int, Candidate)
    /// Withdraws what was just saved, where it was not sent yet.
    case undo([OperationID])
    case loadJob(JobID)
    /// Operations of a list, for their marks.
    case loadOperations([OperationID])
    case loadOutbox(OutboxView)
    case decide(OperationID, Settlement)
    case exportOutbox
    case find(String)
    case loadDevice(DeviceIdentifier)
    case release(DeviceIdentifier, reason: String)
    case addNote(DeviceIdentifier, text: String)
    /// Saves the request for a certificate that a file holds.
    case provision(DeviceIdentifier, path: String)
    case writeCertificate(DeviceIdentifier, path: String)
    case revoke(DeviceIdentifier, RevocationReason, text: String?)
    /// The links that there are now, and how the last hand-over to the device stands.
    case findLinks(DeviceIdentifier)
    /// Which devices announce themselves on the network; takes its time.
    case discover
    case handOver(HandOverWish)
    case stopHandOver(DeviceIdentifier)
    case prepareVerify(DeviceIdentifier)
    case verify(VerifyWish)
    /// What is known by now of the answer to a question that was saved.
    case lookAtVerify(DeviceIdentifier, OperationID)
    case drawReceipt(OperationID)
    case examine
    case syncNow
    case readPicture(path: String)
    case listFiles(directory: String?)
    case listCameras
    case openCamera(String?)
    case closeCamera
    case setTorch(Bool)
    case keep(Keepsake)
    case keepScanner(WedgeSettings)
    case ring
    case suspend
    case leave
}

/// Which operations the outbox shows.
package enum OutboxView: String, Equatable, Sendable, CaseIterable {
    case needsYou, open, confirmed, all
}

/// What a person decides about an operation.
package enum Settlement: Equatable, Sendable {
    case retry
    case withdraw(reason: String)
    /// The registrar's version stands.
    case takeTheirs
    /// The operation is made anew on top of the registrar's version.
    case takeMine
}

/// What is kept on the disk so that a person goes on where the battery was pulled. It holds no secrets
/// but the password of a network camera, where a person typed an address with one.
package struct Keepsake: Codable, Equatable, Sendable {
    package var settings: Settings
    package var assignment: Assignment
    /// Whether the batch lane was open.
    package var inBatch: Bool
    /// What was captured and not saved yet, without its secrets.
    package var captured: DeviceIdentity?
    /// How the devices of each product were last reached.
    package var ways: KnownWays?

    package init(
        settings: Settings = Settings(), assignment: Assignment = Assignment(), inBatch: Bool = false,
        captured: DeviceIdentity? = nil, ways: KnownWays? = nil
    ) {
        self.settings = settings
        self.assignment = assignment
        self.inBatch = inBatch
        self.captured = captured
        self.ways = ways
    }
}
