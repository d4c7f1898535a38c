package import Model

/// One operation as the outbox shows it.
package struct OutboxRow: Equatable, Sendable {
    package var operationID: OperationID
    package var summary: String
    package var mark: OperationMark
    package var state: RowState
    package var lane: DeviceIdentifier
    package var tenant: TenantID
    package var site: SiteID?
    package var operatorID: OperatorID
    package var savedAt: Timestamp
    package var attempts: Int
    package var retryAt: Timestamp?
    package var problem: Problem?
    package var receipt: Receipt?
    /// What a person may do with it now.
    package var canRetry: Bool
    package var canWithdraw: Bool

    package init(
        operationID: OperationID, summary: String, mark: OperationMark, state: RowState,
        lane: DeviceIdentifier, tenant: TenantID, site: SiteID? = nil, operatorID: OperatorID,
        savedAt: Timestamp, attempts: Int = 0, retryAt: Timestamp? = nil, problem: Problem? = nil,
        receipt: Receipt? = nil, canRetry: Bool = false, canWithdraw: Bool = false
    ) {
        self.operationID = operationID
        self.summary = summary
        self.mark = mark
        self.state = state
        self.lane = lane
        self.tenant = tenant
        self.site = site
        self.operatorID = operatorID
        self.savedAt = savedAt
        self.attempts = attempts
        self.retryAt = retryAt
        self.problem = problem
        self.receipt = receipt
        self.canRetry = canRetry
        self.canWithdraw = canWithdraw
    }
}

/// How far an operation is, as the outbox says it.
package enum RowState: Equatable, Sendable {
    case draft, toBeSent, held, inFlight, inDoubt, retried, refused, replaced, withdrawn
    /// The code of the operation of the same device that comes first.
    case waits(for: String?)
    /// The code of the receipt, while it is kept.
    case receipt(String?)

    func words(_ context: Context) -> String {
        switch self {
        case .draft: context.say(.rowDraft)
        case .toBeSent: context.say(.rowToBeSent)
        case .held: context.say(.rowHeld)
        case .inFlight: context.say(.rowInFlight)
        case .inDoubt: context.say(.rowInDoubt)
        case .retried: context.say(.rowRetried)
        case .refused: context.say(.rowRefused)
        case .replaced: context.say(.rowReplaced)
        case .withdrawn: context.say(.rowWithdrawn)
        case .waits(let code): code.map { context.say(.rowWaitsFor, $0) } ?? context.say(.rowWaitsForEarlier)
        case .receipt(let code): code.map { context.say(.rowReceipt, $0) } ?? context.say(.rowReceiptKept)
        }
    }
}

/// A device as this store knows it, with its operations.
package struct DeviceFacts: Equatable, Sendable {
    package var lane: DeviceIdentifier
    package var identity: DeviceIdentity
    package var identifiers: [DeviceIdentifier]
    package var state: DeviceRecord.State?
    package var tenant: TenantID?
    package var site: SiteID?
    package var position: String?
    package var certificate: CertificateSummary?
    package var certificateChain: String?
    /// Where it is provisioned; `nil` while that is nowhere but with the registrar's own authority.
    package var target: DeviceTarget?
    /// The five principals, or none in a list of what was found.
    package var principals: [Principal]
    package var updatedAt: Timestamp
    /// Oldest first; empty in a list of what was found.
    package var history: [OutboxRow]

    package init(
        lane: DeviceIdentifier, identity: DeviceIdentity, identifiers: [DeviceIdentifier] = [],
        state: DeviceRecord.State? = nil, tenant: TenantID? = nil, site: SiteID? = nil,
        position: String? = nil, certificate: CertificateSummary? = nil, certificateChain: String? = nil,
        target: DeviceTarget? = nil, principals: [Principal] = [], updatedAt: Timestamp,
        history: [OutboxRow] = []
    ) {
        self.lane = lane
        self.identity = identity
        self.identifiers = identifiers
        self.state = state
        self.tenant = tenant
        self.site = site
        self.position = position
        self.certificate = certificate
        self.certificateChain = certificateChain
        self.target = target
        self.principals = principals
        self.updatedAt = updatedAt
        self.history = history
    }
}

/// One thing that the doctor looked at.
package struct DoctorRow: Equatable, Sendable {
    package enum Verdict: String, Equatable, Sendable {
        case good, warning, bad
    }

    package var check: String
    package var verdict: Verdict
    package var says: String
    package var nextStep: String?

    package init(check: String, verdict: Verdict, says: String, nextStep: String? = nil) {
        self.check = check
        self.verdict = verdict
        self.says = says
        self.nextStep = nextStep
    }
}

/// A file or folder to choose from.
package struct FileRow: Equatable, Sendable {
    package var name: String
    package var isDirectory: Bool

    package init(name: String, isDirectory: Bool) {
        self.name = name
        self.isDirectory = isDirectory
    }
}
