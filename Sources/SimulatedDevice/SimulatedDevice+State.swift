internal import Credentials
internal import HandOver
package import Model

extension SimulatedDevice {
    /// How the device stands, for people and tests; no key in it.
    package struct Standing: Codable, Equatable, Sendable {
        package enum Principals: String, Codable, Sendable {
            /// As it left the factory.
            case none
            case whole
            /// It names a bundle that is not whole: what must never be.
            case broken
        }

        package var fields: [String: String]
        /// `nil` for a device that has not been given its key yet.
        package var publicKeyHash: PayloadHash?
        package var principals: Principals
        package var active: PayloadHash?
        package var pending: PayloadHash?
        package var certificate: CertificateSummary?
        package var endpoint: String?
        /// Where it is provisioned, as it was told.
        package var target: TargetID?
        /// Its name there.
        package var nameThere: String?
        /// Paths of what it works with, for other programs.
        package var certificateFile: String?
        package var trustFile: String?
        package var keyFile: String?
    }

    package func standing() throws -> Standing {
        let active = try disk.active()
        var standing = Standing(
            fields: fields, publicKeyHash: try? disk.key().publicKeyHash, principals: .none, active: active,
            pending: try disk.other(.bundles, than: active))
        guard let active else { return standing }
        guard let bundle = try? disk.bundle(.bundles, active), try check(bundle) == nil else {
            standing.principals = .broken
            return standing
        }
        standing.principals = .whole
        if let pem = bundle.parts[.certificate] {
            standing.certificate = try Certificate.chain(pem: String(decoding: pem, as: UTF8.self)).first?
                .summary
            standing.certificateFile = "\(disk.directory)/bundles/\(active).certificate.pem"
        }
        if let endpoint = bundle.parts[.endpoint] {
            standing.endpoint = try CanonicalJSON.decode(EndpointFile.self, from: endpoint).url
        }
        let connection = try Self.connection(bundle)
        standing.target = connection?.target
        standing.nameThere = connection?.name
        standing.trustFile = "\(disk.directory)/bundles/\(active).trust.pem"
        standing.keyFile =
            bundle.parts[.privateKey] == nil
            ? nil : "\(disk.directory)/bundles/\(active).key.pem"
        return standing
    }
}
