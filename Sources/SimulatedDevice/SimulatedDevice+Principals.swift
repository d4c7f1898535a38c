package import Credentials
internal import HandOver
internal import Model

extension SimulatedDevice {
    /// What the device connects to its service with.
    package struct Working: Sendable {
        package var chain: [Certificate]
        package var key: PrivateKey
        package var roots: [Certificate]
        package var endpoint: String?
        package var name: String
        /// Where it says hello.
        package var topic: String
    }

    /// The certificate in use and what goes with it, that of a fleet's template before the one that was handed over; `nil` for
    /// a device as it left the factory, or with a symmetric key.
    package func working() throws -> Working? {
        if let fleet = try fleetWorking() { return fleet }
        guard let active = try disk.active(), let bundle = try disk.bundle(.bundles, active),
            bundle.parts[.certificate] != nil
        else { return nil }
        func text(_ part: BundleManifest.PartName) -> String {
            String(decoding: bundle.parts[part] ?? [], as: UTF8.self)
        }
        let endpoint = try bundle.parts[.endpoint].map {
            try CanonicalJSON.decode(EndpointFile.self, from: $0).url
        }
        return Working(
            chain: try Certificate.chain(pem: text(.certificate)), key: try disk.key(),
            roots: try Certificate.chain(pem: text(.trust)), endpoint: endpoint,
            name: try announcement.name, topic: "devices/\(try announcement.name)/hello")
    }
}
