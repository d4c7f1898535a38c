package import Model
package import TargetCore

/// What the registrar's tables say about one operation before it is decided.
package struct Records: Equatable, Sendable {
    /// Every device that an identifier of the operation finds. More than one is a conflict.
    package var devices: [KnownDevice]
    package var claimCode: ClaimCodeVerdict
    /// The tenant of the operation, when there is one of that name.
    package var tenant: Tenant?
    /// The sites that the operation names and that the tenant has.
    package var sites: Set<SiteID>
    /// The product that a claim names or its label tells, or that the device at hand is of; `nil` when the catalogue has
    /// none such.
    package var product: Product?
    package var lane: LaneRecord
    /// The certificate request as it was read; `nil` when the operation has none or it could not be read.
    package var certificateRequest: CertificateRequestFacts?
    /// The device that has used the key of the certificate request before.
    package var keyOwner: DeviceID?
    /// Whether a certificate for that key was revoked because somebody else may have it.
    package var isKeyCompromised: Bool
    /// Where the device is to be provisioned, for operations that provision it.
    package var target: TargetChoice
    /// PEM chain of the device's certificate as it stands.
    package var certificateChain: String?
    /// How the device proves itself at the target that it is at; `nil` for those that show a certificate.
    package var proof: TargetDevice.Proof?
    /// What the device brings to that target by somebody else.
    package var brought: BroughtCertificate?
    /// Since when the device is let in with what it proves itself by now; for verifications.
    package var letIn: LetIn
    /// Whether the device's signature in a verification is by the key of its certificate on record.
    package var isStatementGenuine: Bool

    package init(
        devices: [KnownDevice] = [], claimCode: ClaimCodeVerdict = .notNeeded, tenant: Tenant? = nil,
        sites: Set<SiteID> = [], product: Product? = nil, lane: LaneRecord = LaneRecord(),
        certificateRequest: CertificateRequestFacts? = nil, keyOwner: DeviceID? = nil,
        isKeyCompromised: Bool = false, target: TargetChoice = .own, certificateChain: String? = nil,
        proof: TargetDevice.Proof? = nil, brought: BroughtCertificate? = nil, letIn: LetIn = LetIn(),
        isStatementGenuine: Bool = false
    ) {
        self.devices = devices
        self.claimCode = claimCode
        self.tenant = tenant
        self.sites = sites
        self.product = product
        self.lane = lane
        self.certificateRequest = certificateRequest
        self.keyOwner = keyOwner
        self.isKeyCompromised = isKeyCompromised
        self.target = target
        self.certificateChain = certificateChain
        self.proof = proof
        self.brought = brought
        self.letIn = letIn
        self.isStatementGenuine = isStatementGenuine
    }
}

/// How a device stands at its target, as the registrar's own books have it.
package struct LetIn: Equatable, Sendable {
    /// When it was let in with its present certificate or key; `nil` where the books do not go back that far.
    package var since: Timestamp?
    /// Whether an older certificate or key of it is let in as well, until the new one is proven.
    package var isByOldToo: Bool

    package init(since: Timestamp? = nil, isByOldToo: Bool = false) {
        self.since = since
        self.isByOldToo = isByOldToo
    }
}

/// A device with what the registrar alone knows of it.
package struct KnownDevice: Equatable, Sendable {
    package var record: DeviceRecord
    /// As it was delivered or first registered; what it returns to when it is released.
    package var registered: DeviceIdentity
    /// The only tenant that may claim it; `nil` when any may.
    package var restrictedTo: TenantID?

    package init(record: DeviceRecord, registered: DeviceIdentity, restrictedTo: TenantID? = nil) {
        self.record = record
        self.registered = registered
        self.restrictedTo = restrictedTo
    }
}

/// What comparing the claim's secrets with the delivery gave.
package enum ClaimCodeVerdict: Equatable, Sendable {
    /// The delivery asks for none.
    case notNeeded
    case right
    case wrong
    /// The delivery asks for one and the claim brought none that could be opened.
    case missing
    /// Too many wrong ones before; this one was not looked at.
    case locked(retryAfterSeconds: Int)
}

/// What the registrar has seen before of the lane that an operation belongs to.
package struct LaneRecord: Equatable, Sendable {
    /// Another operation which the same store sent in the same epoch, lane and place of the sequence.
    package var rival: OperationID?
    /// The furthest operation of this store and lane, other than the one at hand, that was applied.
    package var furthestApplied: Position?
    /// The version that the device had after `furthestApplied`.
    package var versionAfterFurthest: Int?
    /// The operation that the one at hand names as its predecessor, when the registrar has seen it.
    package var predecessor: Predecessor?
    /// An applied operation that replaced the one at hand.
    package var supersededBy: OperationID?

    package init(
        rival: OperationID? = nil, furthestApplied: Position? = nil, versionAfterFurthest: Int? = nil,
        predecessor: Predecessor? = nil, supersededBy: OperationID? = nil
    ) {
        self.rival = rival
        self.furthestApplied = furthestApplied
        self.versionAfterFurthest = versionAfterFurthest
        self.predecessor = predecessor
        self.supersededBy = supersededBy
    }

    /// Where an operation stands in its lane: ordered by epoch, then sequence.
    package struct Position: Comparable, Sendable {
        package var epoch: Int
        package var sequence: Int

        package init(epoch: Int, sequence: Int) {
            self.epoch = epoch
            self.sequence = sequence
        }

        package static func < (left: Self, right: Self) -> Bool {
            (left.epoch, left.sequence) < (right.epoch, right.sequence)
        }
    }

    package struct Predecessor: Equatable, Sendable {
        package var payloadHash: PayloadHash

        package init(payloadHash: PayloadHash) {
            self.payloadHash = payloadHash
        }
    }
}
