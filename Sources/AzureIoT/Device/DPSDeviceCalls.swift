package import TargetCore

/// The calls of the provisioning service's device plane. Source: DPS device API 2021-10-01.
package struct DPSDeviceCalls: Equatable, Sendable {
    package var idScope: String
    package var apiVersion: String

    package init(idScope: String, apiVersion: String = AzureAPIVersions().device) {
        self.idScope = idScope
        self.apiVersion = apiVersion
    }

    /// Registering again asks for provisioning anew and never makes a second device.
    package func register(_ body: DeviceRegistration) -> CloudCall {
        call(
            "PUT /registrations/{id}/register", "PUT", body.registrationId, ["register"], CloudCall.json(body)
        )
    }

    package func status(_ id: RegistrationID, operation: String) -> CloudCall {
        call("GET /registrations/{id}/operations/{op}", "GET", id.rawValue, ["operations", operation], [])
    }

    /// What the last registration came to, without a new one.
    package func lookUp(_ id: RegistrationID) -> CloudCall {
        call(
            "POST /registrations/{id}", "POST", id.rawValue, [],
            CloudCall.json(DeviceRegistration(registrationId: id.rawValue)))
    }

    private func call(
        _ name: String, _ method: String, _ id: String, _ rest: [String], _ body: [UInt8]
    ) -> CloudCall {
        .azure(
            name, plane: .dpsDevice, method: method, path: [idScope, "registrations", id] + rest,
            apiVersion: apiVersion, body: body)
    }
}
