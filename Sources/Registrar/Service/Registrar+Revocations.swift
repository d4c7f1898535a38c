import Credentials
import Model
import RegistrarCore
import RegistrarStore

extension Registrar {
    /// The signed list of certificates that are trusted no longer, in DER.
    package func signedRevocationList() async throws(RegistrarError) -> [UInt8] {
        do throws(RegistrarStoreError) { return try await list() } catch { throw .store(error) }
    }

    func revocationList() async throws(RequestFailure) -> [UInt8] {
        try await ask { _ in try await self.list() }
    }

    private func list() async throws(RegistrarStoreError) -> [UInt8] {
        let issuing = keys.issuing
        return try await store.revocationList(at: environment.now()) { draft throws(WorkshopError) in
            do throws(CredentialsError) { return try issuing.revocationList(draft) } catch {
                throw WorkshopError(explanation: error.explanation)
            }
        }
    }
}
