/// A service of devices as a registrar gives it out: where it is, and by whose word it is believed.
package struct DeviceService: Codable, Equatable, Sendable {
    /// What is spoken there.
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// MQTT over TLS.
        case mqtt
        /// Anything else over TLS.
        case tls

        package var scheme: ServiceEndpoint.Scheme {
            switch self {
            case .mqtt: .mqtts
            case .tls: .tls
            }
        }
    }

    package var kind: Kind
    /// As `ServiceEndpoint` writes it: `mqtts://HOST:PORT`.
    package var endpoint: String
    /// The product whose devices use it; absent for those of every product.
    package var product: ProductID?
    /// Root certificates in PEM, one at least.
    package var roots: String

    package init(kind: Kind, endpoint: ServiceEndpoint, product: ProductID? = nil, roots: String) {
        self.kind = kind
        self.endpoint = endpoint.description
        self.product = product
        self.roots = roots
    }

    /// Bytes of the roots of one service: they travel to devices whose parts have 64 KiB.
    package static let limitRootBytes = 16 << 10
    /// Services of a registrar; more would fill the feed.
    package static let limitCount = 200
}

extension Sequence<DeviceService> {
    /// Those of a product's devices, one of each kind: the product's own goes before that of every product.
    package func of(_ product: ProductID?) -> [DeviceService] {
        DeviceService.Kind.allCases.compactMap { kind in
            let fitting = filter { $0.kind == kind }
            return fitting.first { $0.product != nil && $0.product == product }
                ?? fitting.first { $0.product == nil }
        }
    }
}
