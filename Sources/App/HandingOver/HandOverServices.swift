import Credentials
import HandOver
import Model
import Store

/// What a device is told of its services: where they are, and the roots to believe them by.
struct HandOverServices: Sendable {
    /// `nil` when nothing is known of any.
    let file: EndpointFile?
    let roots: [Certificate]
    /// Where the device is provisioned, for one that is with a target.
    let connection: ConnectionFile?

    /// `named`: the endpoint that a person names, which goes before that of the device's target and those of the catalogue. Where there is none at all, the
    /// registrar's own address is given.
    init(
        _ store: Store, _ registrar: RegistrarProfile, of device: StoredDevice, named: String?
    ) async throws {
        let target = try await store.provisioning(of: device.lane)?.target
        connection = target.map {
            ConnectionFile(target: $0.target, endpoint: named ?? $0.endpoint, name: $0.name)
        }
        let known = try await DeviceServices(store, registrar.registrar, of: device).all
        let given = named == nil ? known : known.filter { $0.endpoint == named }
        roots = DeviceServices.roots(given)
        let own = registrar.url.flatMap { $0.isEmpty ? nil : $0 }
        file = (named ?? given.first?.endpoint ?? own).map { url in
            let services = given.compactMap { service in
                service.kind.map { EndpointFile.Service(kind: $0, url: service.endpoint) }
            }
            return EndpointFile(url: url, services: services.isEmpty ? nil : services)
        }
    }

    /// Every address in it, each once.
    var endpoints: [String] {
        guard let file else { return [] }
        return [file.url] + (file.services ?? []).map(\.url).filter { $0 != file.url }
    }
}
