package import AzureIoT
import Credentials
package import HTTPClient
import Model
import Processes
import TargetCore
import Targets

/// A device's registration at its provisioning service, performed over HTTPS.
package struct AzureRegistration: Sendable {
    package let scope: AzureScope
    package let id: RegistrationID
    let proof: AzureDeviceProof
    let client: HTTPClient
    let clock: DeviceClock

    private static let timeout = Duration.seconds(20)
    private static let replyBytes = 1 << 20

    /// `trust` says whom the device believes to be the service.
    ///
    /// - Throws: `DeviceCloudError.keyInTPM`, or why nothing can be sent from here.
    package init(
        _ id: RegistrationID, at scope: AzureScope, proof: AzureDeviceProof, trust: HTTPClient.Trust,
        clock: DeviceClock
    ) throws {
        self.scope = scope
        self.id = id
        self.proof = proof
        self.clock = clock
        client = try HTTPClient(trust: trust, identity: try proof.clientIdentity)
    }

    /// Registers, proves itself when asked, and asks until the device has its hub.
    ///
    /// - Throws: `DeviceCloudError`, `TPMError`, or an `HTTPClientError` when nobody answered.
    package func run() async throws -> AzureAssignment {
        let desk = proof.tpm.map(TPMDesk.init)
        var registration = try begun(try await named(desk))
        var silence = Silence()
        while true {
            switch registration.step(at: clock.now()) {
            case .send(let call, let authorization):
                do throws(HTTPClientError) {
                    let reply = try await client.send(http(call, authorization))
                    silence = Silence(hasHeard: true)
                    registration.take(CloudReply(reply), at: clock.now())
                } catch {
                    try silence.note(error)
                    registration.loseAnswer(at: clock.now())
                }
            case .prove(let challenge, let signature):
                guard let desk else { throw DeviceCloudError.hubKeyMissing }
                let key = try await desk.open(TPMSealedKey(challenge))
                registration.proven(signature: try await desk.sign(signature.stringToSign, with: key))
            case .wait(let until): try await clock.wait(until)
            case .ended(.assigned(let assignment)): return try await taken(assignment, desk)
            case .ended(.refused(let fault)): throw DeviceCloudError.refused(fault)
            case .ended(.unfinished):
                if let error = silence.last { throw error }
                throw DeviceCloudError.unfinished
            }
        }
    }

    private func begun(_ proof: DPSRegistration.Proof) throws(DeviceCloudError) -> DPSRegistration {
        do throws(AzureSigningFault) {
            return try DPSRegistration(
                id, calls: DPSDeviceCalls(idScope: scope.idScope), proof: proof, at: clock.now(), .system)
        } catch { throw .keyUnusable }
    }

    private func named(_ desk: TPMDesk?) async throws -> DPSRegistration.Proof {
        switch proof {
        case .certificate: return .certificate
        case .symmetricKey(let key): return .symmetricKey(key)
        case .tpm(let tpm): return .tpm(try await (desk ?? TPMDesk(tpm)).identity())
        }
    }

    private func http(_ call: CloudCall, _ authorization: Redacted<String>?) -> HTTPCall {
        let token = authorization.map { [HTTPField("Authorization", $0.unredacted)] } ?? []
        return HTTPCall(
            method: call.method, url: scope.url + call.target,
            headers: call.headers.map { HTTPField($0.name, $0.value) } + token, body: call.sentBody,
            totalTimeout: Self.timeout, replyLimit: Self.replyBytes)
    }

    private func taken(
        _ assignment: DPSRegistration.Assignment, _ desk: TPMDesk?
    ) async throws -> AzureAssignment {
        let credential: AzureHubCredential
        switch proof {
        case .certificate(let identity): credential = .certificate(identity)
        case .symmetricKey(let key): credential = .symmetricKey(key)
        case .tpm:
            guard let sealed = assignment.hubKey, let desk else { throw DeviceCloudError.hubKeyMissing }
            credential = .tpm(try await desk.open(TPMSealedKey(sealed)))
        }
        return AzureAssignment(
            device: AzureHubDevice(
                hub: assignment.hub, deviceID: assignment.deviceID, credential: credential),
            substatus: assignment.substatus, group: assignment.group)
    }
}

/// Where a device belongs now, and how it came there.
package struct AzureAssignment: Sendable {
    package var device: AzureHubDevice
    package var substatus: AssignedSubstatus?
    /// The group that let the device in, where the service says so.
    package var group: String?
}

/// Calls that nobody answered.
private struct Silence {
    /// Whether the service has answered before.
    var hasHeard = false
    var last: HTTPClientError?

    /// Throws what will not pass by itself; who was never reached is not tried again either.
    mutating func note(_ error: HTTPClientError) throws(HTTPClientError) {
        switch error {
        case .timedOut, .interrupted: last = error
        case .couldNotConnect, .couldNotResolve:
            guard hasHeard || last != nil else { throw error }
            last = error
        case .certificateNotTrusted, .tlsFailed, .replyTooLarge, .cancelled, .unusable, .libraryMissing:
            throw error
        }
    }
}

extension AzureDeviceProof {
    fileprivate var tpm: TPM? {
        guard case .tpm(let tpm) = self else { return nil }
        return tpm
    }

    fileprivate var clientIdentity: HTTPClient.Identity? {
        get throws {
            guard case .certificate(let identity) = self else { return nil }
            return try HTTPClient.Identity(identity)
        }
    }
}
