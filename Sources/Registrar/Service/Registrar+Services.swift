import Credentials
package import Model
import RegistrarCore
import RegistrarStore

extension Registrar {
    /// The services that devices connect to.
    package func services() async throws(RegistrarError) -> [DeviceService] {
        do { return try await store.services() } catch { throw .store(error) }
    }

    /// Gives a service out to devices from now on.
    ///
    /// - Throws: `credentials` when its roots are no certificates, or one of them may not issue.
    package func set(_ service: DeviceService) async throws(RegistrarError) {
        try RegistrarError.wrapping { () throws(CredentialsError) in
            for root in try Certificate.chain(pem: service.roots) where try !root.facts.mayIssue {
                throw .notGenuine(
                    subject: "certificate of \(root.summary.subject)", reason: "it is no authority")
            }
        }
        let actor = Self.localAdministrator.operatorID
        do { try await store.set(service, by: actor, at: environment.now()) } catch { throw .store(error) }
    }

    /// Gives a service out no longer; whether there was one.
    package func removeService(
        _ kind: DeviceService.Kind, of product: ProductID?
    ) async throws(RegistrarError) -> Bool {
        let actor = Self.localAdministrator.operatorID
        do {
            return try await store.removeService(kind, of: product, by: actor, at: environment.now())
        } catch { throw .store(error) }
    }
}
