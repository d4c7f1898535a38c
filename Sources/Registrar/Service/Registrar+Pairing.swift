import Credentials
package import Model
import RegistrarCore
import RegistrarStore
package import Wire

extension Registrar {
    /// What a companion needs to work as an operator, with a token issued for it that has no end.
    package func pairing(for id: OperatorID, url: String) async throws(RegistrarError) -> Pairing {
        try await pairing(for: id, url: url, token: nil)
    }

    /// `token`: one that is issued already; a new one when there is none.
    func pairing(
        for id: OperatorID, url: String, token given: Redacted<String>?
    ) async throws(RegistrarError) -> Pairing {
        let now = environment.now()
        let person: Operator
        var catalogues: [Catalogue] = []
        do throws(RegistrarStoreError) {
            guard let found = try await store.person(id) else { throw .refused(Problem(.notFound)) }
            person = found
            let (sites, products) = (try await store.sites(), try await store.products())
            let (jobs, services) = (try await store.jobs(), try await store.services())
            for tenant in try await store.tenants()
            where person.role == .admin || person.tenants.contains(tenant.tenantID) {
                catalogues.append(
                    Catalogue(
                        tenant: tenant,
                        sites: sites.filter {
                            $0.tenant == tenant.tenantID && person.sees($0, at: now)
                        }, products: products,
                        jobs: jobs.filter {
                            $0.tenant == tenant.tenantID && person.sees($0, at: now)
                        }, services: services,
                        placement: try await store.placementView(of: tenant.tenantID, at: now)))
            }
        } catch {
            if error == .refused(Problem(.notFound)) { throw .unknownOperator(id) }
            throw .store(error)
        }
        let token: Redacted<String>
        do { token = if let given { given } else { try await issueToken(for: id, by: nil, at: now) } } catch {
            throw .store(.refused(error.problem))
        }
        do throws(CredentialsError) {
            return Pairing(
                url: url, registrar: registrar, name: name, operatorID: id, token: token.unredacted,
                certificateAuthority: try keys.root.pem,
                receiptKeys: [try keys.receiptKeyID: Base64.encodeURL(try keys.receipt.publicKey)],
                sealingKeyID: try keys.sealingKeyID,
                sealingKey: Base64.encodeURL(try keys.sealing.publicKey), catalogues: catalogues)
        } catch { throw .credentials(error) }
    }
}
