import Credentials
import Model
import Store

/// The services of one device, as the catalogue of its registrar has them.
struct DeviceServices {
    let all: [DeviceService]

    /// `registrar`: whose catalogue; none is known without one.
    init(_ store: Store, _ registrar: RegistrarID?, of device: StoredDevice) async throws {
        guard let registrar else {
            all = []
            return
        }
        let product = try await store.products(registrar).product(of: device.identity).product
        all = try await store.services(registrar, tenant: device.tenant).of(
            product?.productID ?? device.identity.product)
    }

    /// The certificates of some of them, each once.
    static func roots(_ services: [DeviceService]) throws -> [Certificate] {
        try services.flatMap { try Certificate.chain(pem: $0.roots) }.uniqued()
    }
}

extension [Certificate] {
    /// The same in their order, without repetitions.
    func uniqued() -> [Certificate] {
        var seen: Set<PayloadHash> = []
        return filter { seen.insert($0.summary.fingerprint).inserted }
    }
}
