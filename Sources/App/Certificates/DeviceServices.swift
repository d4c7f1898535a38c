import Credentials
import Model
import Store

/// The services of one device: that of the target where it is provisioned, and what the catalogue of its registrar gives out.
struct DeviceServices {
    struct Service {
        /// What is spoken there; `nil` for a service that assigns the device to another.
        var kind: DeviceService.Kind?
        var endpoint: String
        /// By whose word it is believed; empty where nobody said.
        var roots: [Certificate]
    }

    /// That of the target first, where the device is at one. It is what the device connects to by MQTT then, so that the
    /// catalogue's service of that kind is not.
    let all: [Service]
    /// The hub that a provisioning service has assigned the device to, as far as the registrar has heard of it. The device
    /// asks for it itself, so that nobody tells it.
    let assigned: Service?

    /// `registrar`: whose catalogue; nothing is known of one without it.
    init(_ store: Store, _ registrar: RegistrarID?, of device: StoredDevice) async throws {
        let provisioning = try await store.provisioning(of: device.lane)
        let own = try provisioning.flatMap(Self.service)
        assigned =
            if provisioning?.target.kind == .azureDPS, let hub = provisioning?.target.place {
                Service(kind: .mqtt, endpoint: "mqtts://\(hub):8883", roots: own?.roots ?? [])
            } else { nil }
        var given: [DeviceService] = []
        if let registrar {
            let product = try await store.products(registrar).product(of: device.identity).product
            given = try await store.services(registrar, tenant: device.tenant).of(
                product?.productID ?? device.identity.product)
        }
        let beside = own == nil ? given : given.filter { $0.kind != .mqtt }
        all =
            try [own].compactMap(\.self)
            + beside.map {
                Service(
                    kind: $0.kind, endpoint: $0.endpoint, roots: try Certificate.chain(pem: $0.roots))
            }
    }

    private static func service(_ provisioning: DeviceProvisioning) throws -> Service? {
        guard let endpoint = provisioning.target.endpoint else { return nil }
        let kind = ServiceEndpoint(endpoint).flatMap { spoken in
            DeviceService.Kind.allCases.first { $0.scheme == spoken.scheme }
        }
        return Service(
            kind: kind, endpoint: endpoint,
            roots: try provisioning.serviceRoots.map { try Certificate.chain(pem: $0) } ?? [])
    }

    /// The certificates of some of them, each once.
    static func roots(_ services: [Service]) -> [Certificate] {
        services.flatMap(\.roots).uniqued()
    }
}

extension [Certificate] {
    /// The same in their order, without repetitions.
    func uniqued() -> [Certificate] {
        var seen: Set<PayloadHash> = []
        return filter { seen.insert($0.summary.fingerprint).inserted }
    }
}
