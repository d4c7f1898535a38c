package import Model

/// What the rules say to one operation.
package enum Decision: Equatable, Sendable {
    case apply(Effect)
    case refuse(Refusal)
}

/// What an applied operation does.
package struct Effect: Equatable, Sendable {
    /// The device as it is afterwards; the same version as before means that nothing of it changed.
    package var device: DeviceRecord
    /// The identity that the device returns to on release; set when the operation registers the device.
    package var registers: DeviceIdentity?
    package var outcome: Receipt.Outcome
    /// The tenant from whose view the device goes.
    package var leaves: TenantID?
    package var instructions: [Instruction]
    /// Goes into the audit entry; free of secrets.
    package var remarks: [String: String]
    /// What the device's target has said of its connection.
    package var verification: OperationBody.Verify?

    package init(
        device: DeviceRecord, registers: DeviceIdentity? = nil, outcome: Receipt.Outcome,
        leaves: TenantID? = nil, instructions: [Instruction] = [], remarks: [String: String] = [:]
    ) {
        self.device = device
        self.registers = registers
        self.outcome = outcome
        self.leaves = leaves
        self.instructions = instructions
        self.remarks = remarks
    }

    /// Work that must be done for the effect to be whole.
    package enum Instruction: Equatable, Sendable {
        case issueCertificate(CertificateOrder)
        /// Has a target do its part. An order that awaits a certificate gets the one that was issued as its proof.
        case atTarget(TargetOrder)
        /// The device is proven where it belongs now: what was held at targets until then is due, and the certificates that
        /// came before its present one are trusted no longer.
        case provenAtTarget
        /// Puts every certificate of the device on the revocation list that is not on it.
        case revokeCertificates(RevocationReason)
    }
}

/// Why an operation was not applied, and what else has to be noted of it.
package struct Refusal: Equatable, Sendable {
    package var problem: Problem
    package var alarm: Alarm?
    /// Whether the refusal is kept under the operation's id. It is not when the caller had no business with the
    /// operation, so that nobody can occupy an id of somebody else.
    package var isRecorded: Bool

    package init(_ problem: Problem, alarm: Alarm? = nil, isRecorded: Bool = true) {
        self.problem = problem
        self.alarm = alarm
        self.isRecorded = isRecorded
    }

    /// What the desk should hear of.
    package enum Alarm: String, Equatable, Sendable {
        case wrongClaimCode = "claim_code_wrong"
        /// A signature that its key did not make, or a key of somebody else than the operation names.
        case falseSignature = "signature_false"
        /// Something signed with a key that was ended.
        case endedKey = "signing_key_revoked"
        /// The store that sent the operation looks like a copy of a store in use, or was set back.
        case copiedStore = "store_copy_suspected"
    }
}

/// What the decision takes from the moment it is made in.
package struct DecisionContext: Equatable, Sendable {
    package var now: Timestamp
    package var registrar: RegistrarID
    /// The id of the device if the operation brings a new one.
    package var newDeviceID: DeviceID

    package init(now: Timestamp, registrar: RegistrarID, newDeviceID: DeviceID) {
        self.now = now
        self.registrar = registrar
        self.newDeviceID = newDeviceID
    }
}
