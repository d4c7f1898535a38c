import AzureIoT
import CommandTable
import Credentials
import DeviceClouds
import HTTPClient
import Model
import SimulatedDevice
import TargetCore

/// `muster simulate device --register`: the device asks a provisioning service where it belongs, as a real one does.
struct RegisterSimulation {
    let context: CommandContext

    private var invocation: Invocation { context.invocation }

    private struct Registered: Encodable {
        var assignedHub: String
        var deviceId: String
        var group: String?
        var registrationId: String
        var status: RegistrationStatus
        var substatus: AssignedSubstatus?
    }

    func run(_ device: SimulatedDevice) async throws -> ExitCode {
        guard let scope = AzureScope(invocation.value("register") ?? "") else {
            throw CommandFailure(
                .usage, "usage", "Nothing was sent: --register takes a provisioning service.",
                "Write --register dps:ID_SCOPE, as the service's overview shows the scope.")
        }
        let principals = HubSimulation(context: context)
        let proof = try proof(device, principals)
        let id = try registrationID(device, proof)
        let assignment = try await register(id, scope, proof, principals)
        let hub = assignment.device
        var tpmKey: [UInt8]?
        if case .tpm(let key) = hub.credential { tpmKey = key.blob }
        try device.remember(CloudPlace(hub: hub.hub, deviceID: hub.deviceID, tpmKey: tpmKey))
        context.console.print(
            Registered(
                assignedHub: hub.hub, deviceId: hub.deviceID, group: assignment.group,
                registrationId: id.rawValue, status: .assigned, substatus: assignment.substatus))
        context.console.show("registered  \(id) as \(hub.deviceID) at \(hub.hub)")
        guard invocation.has("connect") else { return .done }
        return try await principals.connect(hub, device)
    }

    private func register(
        _ id: RegistrationID, _ scope: AzureScope, _ proof: AzureDeviceProof, _ principals: HubSimulation
    ) async throws -> AzureAssignment {
        do {
            return try await AzureRegistration(
                id, at: scope, proof: proof, trust: try principals.trust(),
                clock: DeviceClock(now: context.surroundings.now)
            ).run()
        } catch DeviceCloudError.refused(let fault) {
            let isOfDevice = fault.code.hasPrefix("azure_device_")
            throw CommandFailure(isOfDevice ? .notPermitted : .failed, fault.explanation)
        } catch let error as HTTPClientError {
            throw CommandFailure(.unavailable, error.explanation)
        }
    }

    private func proof(
        _ device: SimulatedDevice, _ principals: HubSimulation
    ) throws -> AzureDeviceProof {
        if invocation.has("tpm") { return .tpm(try TPMChoice.tpm(context)) }
        if let key = try principals.deviceKey(device) { return .symmetricKey(key) }
        return .certificate(try principals.identity(device))
    }

    private func registrationID(
        _ device: SimulatedDevice, _ proof: AzureDeviceProof
    ) throws -> RegistrationID {
        var name = invocation.value("registration-id")
        if name == nil, case .certificate(let identity) = proof {
            name = try identity.chain.first?.facts.commonName
        } else if name == nil {
            name = try device.standing().nameThere
        }
        let text = name ?? device.fields["serial"] ?? ""
        guard let id = RegistrationID(lowering: text) else {
            throw CommandFailure(
                .badInput, "registration_id", "Nothing was sent: `\(text)` is no registration id.",
                "Give one with --registration-id: \(RegistrationID.rule).")
        }
        return id
    }
}
