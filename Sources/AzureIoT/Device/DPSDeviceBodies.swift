package import Model
/// What a device sends to register. Source: DPS device API 2021-10-01, `DeviceRegistration`.
package struct DeviceRegistration: Codable, Equatable, Sendable {
    package var registrationId: String
    package var tpm: AttestationMechanism.TPM?
    /// For the function that chooses the hub.
    package var payload: JSONValue?

    package init(
        registrationId: String, tpm: AttestationMechanism.TPM? = nil, payload: JSONValue? = nil
    ) {
        self.registrationId = registrationId
        self.tpm = tpm
        self.payload = payload
    }
}

/// What the service says of a registration that it is at.
package struct RegistrationOperationStatus: Codable, Equatable, Sendable {
    package var operationId: String?
    package var status: RegistrationStatus?
    package var registrationState: DeviceRegistrationResult?

    package init(
        operationId: String?, status: RegistrationStatus?, registrationState: DeviceRegistrationResult? = nil
    ) {
        self.operationId = operationId
        self.status = status
        self.registrationState = registrationState
    }
}

/// What became of a registration, as the device is told.
package struct DeviceRegistrationResult: Codable, Equatable, Sendable {
    package struct TPM: Codable, Equatable, Sendable {
        /// A second challenge: the key for the hub.
        package var authenticationKey: String?
    }

    package struct Group: Codable, Equatable, Sendable {
        package var enrollmentGroupId: String?
    }

    package var registrationId: String?
    package var assignedHub: String?
    package var deviceId: String?
    package var status: RegistrationStatus?
    package var substatus: AssignedSubstatus?
    package var errorCode: Int?
    package var errorMessage: String?
    package var lastUpdatedDateTimeUtc: String?
    package var payload: JSONValue?
    package var tpm: TPM?
    package var x509: Group?
    package var symmetricKey: Group?

    /// As the service plane says it.
    package var state: DeviceRegistrationState {
        var state = DeviceRegistrationState(registrationId: registrationId, status: status)
        state.assignedHub = assignedHub
        state.deviceId = deviceId
        state.substatus = substatus
        state.errorCode = errorCode
        state.errorMessage = errorMessage
        state.lastUpdatedDateTimeUtc = lastUpdatedDateTimeUtc
        return state
    }
}

/// The answer 401 that is no refusal: what the TPM is to open.
struct TPMChallengeBody: Codable, Equatable, Sendable {
    var authenticationKey: String?
    var keyName: String?
}
