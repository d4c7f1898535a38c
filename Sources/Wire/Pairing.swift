package import Model

/// What a companion needs to talk to a registrar, in one file that the registrar writes for one operator.
///
/// It holds a token: it travels by a safe way and is deleted once paired.
package struct Pairing: Codable, Equatable, Sendable {
    /// `https://host:port`, without a trailing slash.
    package var url: String
    package var registrar: RegistrarID
    package var name: String
    package var operatorID: OperatorID
    package var token: String
    /// PEM of the only authority whose server certificates are accepted.
    package var certificateAuthority: String
    package var receiptKeys: [String: String]
    package var sealingKeyID: String
    package var sealingKey: String
    /// What the operator may choose from, so that a tablet which was never online knows its products and sites.
    package var catalogues: [Catalogue]

    package init(
        url: String, registrar: RegistrarID, name: String, operatorID: OperatorID, token: String,
        certificateAuthority: String, receiptKeys: [String: String], sealingKeyID: String, sealingKey: String,
        catalogues: [Catalogue] = []
    ) {
        self.url = url
        self.registrar = registrar
        self.name = name
        self.operatorID = operatorID
        self.token = token
        self.certificateAuthority = certificateAuthority
        self.receiptKeys = receiptKeys
        self.sealingKeyID = sealingKeyID
        self.sealingKey = sealingKey
        self.catalogues = catalogues
    }
}
