package import Model
package import TargetCore

extension DPSRegistration {
    /// What came back of the call that `step` gave.
    package mutating func take(_ reply: CloudReply, at now: Timestamp) {
        switch (phase, reply.status) {
        case (.ended, _), (.challenged, _): return
        case (.registering, 401): takeChallenge(reply)
        case (.registering, 200), (.registering, 202), (.polling, 200), (.polling, 202):
            takeStatus(reply, now)
        case (.registering, _), (.polling, _): takeRefusal(reply, now)
        }
    }

    /// No answer came; registering and asking may both be done again.
    package mutating func loseAnswer(at now: Timestamp) { pause(nil, now) }

    /// For a TPM that has not proven itself yet, 401 is the answer that is hoped for.
    private mutating func takeChallenge(_ reply: CloudReply) {
        let body = openJSON(TPMChallengeBody.self, reply.body)
        guard case .tpm = proof, token == nil, let blob = body?.authenticationKey else {
            phase = .ended(.refused(AzureFaults.read(reply, plane: .dpsDevice)))
            return
        }
        do {
            phase = .challenged(try TPMChallenge(base64: blob), keyName: body?.keyName ?? "registration")
        } catch {
            phase = .ended(.refused(.challenge(error)))
        }
    }

    private mutating func takeStatus(_ reply: CloudReply, _ now: Timestamp) {
        guard let status = openJSON(RegistrationOperationStatus.self, reply.body) else {
            return pause(nil, now)
        }
        switch status.registrationState?.status ?? status.status {
        case RegistrationStatus.assigned?: takeAssignment(status.registrationState, now)
        case RegistrationStatus.failed?, RegistrationStatus.disabled?:
            var state =
                status.registrationState?.state
                ?? DeviceRegistrationState(registrationId: id.rawValue, status: status.status)
            state.status = status.registrationState?.status ?? status.status
            phase = .ended(.refused(AzureFaults.of(state) ?? AzureFaults.read(reply, plane: .dpsDevice)))
        default:
            // A word that is not known is no end.
            if let operation = status.operationId, !operation.isEmpty {
                phase = .polling(operation: operation)
            }
            let seconds = Int64(reply.header("Retry-After") ?? "") ?? Self.pollSeconds
            waitUntil = now.advanced(bySeconds: max(Self.pollSeconds, min(seconds, Self.patienceSeconds)))
        }
    }

    private mutating func takeAssignment(_ result: DeviceRegistrationResult?, _ now: Timestamp) {
        guard let result, let hub = result.assignedHub, let device = result.deviceId, !hub.isEmpty else {
            return pause(nil, now)
        }
        var assignment = Assignment(
            hub: hub, deviceID: device, substatus: result.substatus,
            group: result.x509?.enrollmentGroupId ?? result.symmetricKey?.enrollmentGroupId,
            payload: result.payload)
        do {
            assignment.hubKey = try result.tpm?.authenticationKey.map { blob throws(TPMChallengeFault) in
                try TPMChallenge(base64: blob)
            }
            phase = .ended(.assigned(assignment))
        } catch {
            phase = .ended(.refused(.challenge(error)))
        }
    }

    private mutating func takeRefusal(_ reply: CloudReply, _ now: Timestamp) {
        let fault = AzureFaults.read(reply, plane: .dpsDevice)
        switch fault.retry {
        case .later: pause(fault.retryAfterSeconds, now)
        case .rereading:
            // The service has forgotten the operation: it is begun again.
            phase = .registering
            pause(fault.retryAfterSeconds, now)
        case .never, .afterMending: phase = .ended(.refused(fault))
        }
    }

    /// Doubles from two seconds; `giveUpAt` bounds the whole.
    private mutating func pause(_ seconds: Int?, _ now: Timestamp) {
        refusals += 1
        let usual = Int64(1) << min(refusals, 5)
        waitUntil = now.advanced(bySeconds: max(usual, Int64(seconds ?? 0)))
    }
}

extension TargetFault {
    static let tpmNotProven = TargetFault(
        code: "azure_tpm_not_proven", theirs: "",
        what: "The device was not registered: its TPM could not open the service's challenge",
        nextStep: "Compare the endorsement key that is enrolled with the one that the TPM has now.",
        retry: .never)

    static func challenge(_ fault: TPMChallengeFault) -> TargetFault {
        let words = fault.explanation
        return TargetFault(
            code: words.id, theirs: "", what: words.what, nextStep: words.nextStep, retry: .never)
    }
}
