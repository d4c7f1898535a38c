package import Model
package import TargetCore

/// A device's registration over HTTP as a value: it says what to send and takes what comes back.
///
/// Register, and when a TPM is asked to prove itself, let it; then ask until the device is assigned, or is
/// not to be.
package struct DPSRegistration: Equatable, Sendable {
    /// How the device proves itself.
    package enum Proof: Equatable, Sendable {
        /// By the certificate of its TLS connection.
        case certificate
        /// By the token of a key; base64.
        case symmetricKey(Redacted<String>)
        /// By a TPM, which is asked in between.
        case tpm(Attestation.TPMIdentity)
    }

    package enum Step: Equatable, Sendable {
        case send(CloudCall, authorization: Redacted<String>?)
        /// Open the challenge in the TPM, sign this with its key, and give the signature to `proven`.
        case prove(TPMChallenge, SharedAccessSignature)
        case wait(until: Timestamp)
        case ended(Ending)
    }

    package enum Ending: Equatable, Sendable {
        case assigned(Assignment)
        case refused(TargetFault)
        /// The service is still at it; `DPSDeviceCalls.lookUp` tells later.
        case unfinished
    }

    /// Where the device belongs now.
    package struct Assignment: Equatable, Sendable {
        package var hub: String
        package var deviceID: String
        package var substatus: AssignedSubstatus?
        /// The group that let the device in, where the service says so.
        package var group: String?
        /// The key for the hub, for the TPM to open.
        package var hubKey: TPMChallenge?
        package var payload: JSONValue?
    }

    enum Phase: Equatable, Sendable {
        case registering
        case challenged(TPMChallenge, keyName: String)
        case polling(operation: String)
        case ended(Ending)
    }

    package let id: RegistrationID
    let calls: DPSDeviceCalls
    let proof: Proof
    let payload: JSONValue?
    var phase = Phase.registering
    var token: Redacted<String>?
    let expiry: Int64
    let giveUpAt: Timestamp
    var waitUntil: Timestamp
    var refusals = 0

    /// How long a device waits to be assigned.
    package static let patienceSeconds: Int64 = 60
    /// Polls are counted: 5 in 10 seconds for each device.
    static let pollSeconds: Int64 = 3
    static let tokenSeconds: Int64 = 3600

    /// - Throws: `AzureSigningFault` when the key is none.
    package init(
        _ id: RegistrationID, calls: DPSDeviceCalls, proof: Proof, payload: JSONValue? = nil,
        at now: Timestamp, _ digests: CloudDigests
    ) throws(AzureSigningFault) {
        self.id = id
        self.calls = calls
        self.proof = proof
        self.payload = payload
        expiry = now.milliseconds / 1000 + Self.tokenSeconds
        giveUpAt = now.advanced(bySeconds: Self.patienceSeconds)
        waitUntil = now
        if case .symmetricKey(let key) = proof { token = try signature.token(key: key, digests) }
    }

    private var signature: SharedAccessSignature {
        .registration(idScope: calls.idScope, id: id, expiry: expiry)
    }

    package func step(at now: Timestamp) -> Step {
        if case .ended(let ending) = phase { return .ended(ending) }
        if now >= giveUpAt { return .ended(.unfinished) }
        if now < waitUntil { return .wait(until: min(waitUntil, giveUpAt)) }
        switch phase {
        case .registering: return .send(calls.register(body), authorization: token)
        case .polling(let operation):
            return .send(calls.status(id, operation: operation), authorization: token)
        case .challenged(let challenge, let keyName):
            var signature = signature
            signature.policy = keyName
            return .prove(challenge, signature)
        case .ended(let ending): return .ended(ending)
        }
    }

    private var body: DeviceRegistration {
        guard case .tpm(let identity) = proof else {
            return DeviceRegistration(registrationId: id.rawValue, payload: payload)
        }
        return DeviceRegistration(
            registrationId: id.rawValue,
            tpm: AttestationMechanism.TPM(
                endorsementKey: identity.endorsementKey, storageRootKey: identity.storageRootKey),
            payload: payload)
    }

    /// The TPM has opened the challenge and signed.
    package mutating func proven(signature bytes: [UInt8]) {
        guard case .challenged(_, let keyName) = phase else { return }
        var signature = signature
        signature.policy = keyName
        token = signature.token(signature: bytes)
        phase = .registering
    }

    /// The TPM could not open the challenge.
    package mutating func notProven() {
        phase = .ended(.refused(.tpmNotProven))
    }
}
