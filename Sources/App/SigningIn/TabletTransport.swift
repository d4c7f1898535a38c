import HTTPClient
import Model
import Store
import Sync
import SyncCore
import Synchronization
import Wire

/// The way to a registrar that shows what this tablet is, once it has signed in there: also when another process does so
/// while this one runs.
final class TabletTransport: Transport {
    private let store: Store
    private let registrar: RegistrarID
    private let address: String
    private let certificateAuthority: String
    private let nameless: HTTPTransport
    private let named = Mutex<HTTPTransport?>(nil)

    init(
        store: Store, registrar: RegistrarID, address: String, certificateAuthority: String
    ) throws(HTTPClientError) {
        self.store = store
        self.registrar = registrar
        self.address = address
        self.certificateAuthority = certificateAuthority
        nameless = try HTTPTransport(address: address, certificateAuthority: certificateAuthority)
    }

    func send(_ request: APIRequest) async -> TransportOutcome { await transport().send(request) }

    private func transport() async -> HTTPTransport {
        if let known = named.withLock({ $0 }) { return known }
        // A store that cannot be read now says so wherever its work is read; this way stays as it is.
        guard let identity = try? await store.tabletIdentity(registrar),
            let made = try? HTTPTransport(
                address: address, certificateAuthority: certificateAuthority,
                tablet: HTTPClient.Identity(
                    certificateChain: identity.certificate, key: identity.privateKey))
        else { return nameless }
        named.withLock { $0 = made }
        return made
    }
}
