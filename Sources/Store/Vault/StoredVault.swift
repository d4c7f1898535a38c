package import Model

/// Whose secrets: an operator at a registrar.
package struct VaultOwner: Hashable, Sendable {
    package var registrar: RegistrarID
    package var operatorID: OperatorID

    package init(_ registrar: RegistrarID, _ operatorID: OperatorID) {
        self.registrar = registrar
        self.operatorID = operatorID
    }

    package init(_ session: Session) { self.init(session.registrar, session.operatorID) }
}

/// A vault as it lies in the store: how to open it, and how often that failed.
package struct StoredVault: Equatable, Sendable {
    /// The wrapped key, in a form that the store does not read.
    package var wrapping: [UInt8]
    /// Wrong tries in a row.
    package var failures: Int
    package var lastFailure: Timestamp?
}

/// A sealed secret and its name.
package struct SealedSecret: Equatable, Sendable {
    package var owner: VaultOwner
    package var name: String
    package var sealed: [UInt8]

    package init(owner: VaultOwner, name: String, sealed: [UInt8]) {
        self.owner = owner
        self.name = name
        self.sealed = sealed
    }
}
