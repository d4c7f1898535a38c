package import AWSIoT
package import Model
import RegistrarCore
import RegistrarStore
import Wire

extension Registrar {
    /// Answers what AWS asks before it provisions a device: whether its serial number is on an open job, and the device is
    /// not let in with another certificate already, by the registrar's own record of it.
    package func answerHook(
        _ question: [UInt8], job: JobID, of tenant: TenantID, parameter: String
    ) async throws(RegistrarError) -> AWSProvisioningQuestion.Answer {
        try await fleetwise {
            let jobs = try await store.jobs().filter { $0.jobID == job && $0.tenant == tenant }
            let serials = Set(jobs.flatMap(\.expected).compactMap { $0.fields["serial"] })
            let asked = (try? CanonicalJSON.decode(AWSProvisioningQuestion.self, from: question))?
                .parameters?[parameter]
            var provisioned: [String: String] = [:]
            if let asked { provisioned[asked] = try await certificate(of: asked, tenant) }
            let answer = AWSProvisioningQuestion.answer(
                to: question, parameter: parameter,
                serials: Dictionary(uniqueKeysWithValues: serials.map { ($0, [:]) }),
                provisioned: provisioned)
            try await store.noteFleet(
                answer.allows ? "hook_allowed" : "hook_refused", by: nil, about: asked ?? "unnamed",
                ["job": job.rawValue, "tenant": tenant.rawValue, "reason": answer.reason],
                at: environment.now())
            return answer
        }
    }

    /// The certificate by which the device of a serial is let in at an account of AWS already.
    private func certificate(of serial: String, _ tenant: TenantID) async throws -> String? {
        let found = try await store.findDevices(
            serial, tenant: tenant, seenBy: Self.localAdministrator, at: environment.now())
        return found.devices.first { $0.identity.fields["serial"] == serial }?
            .target?.marks[AWSMark.certificate]
    }
}
