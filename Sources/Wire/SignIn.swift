package import Model

/// Who wants to work from a tablet: the body of `POST /v1/sign-in`. It holds a password and is never kept.
package struct SignIn: Codable, Equatable, Sendable {
    package var operatorID: OperatorID
    package var password: String
    /// The key that the operator signs with on this tablet.
    package var key: OperatorKeyOffer

    package init(operatorID: OperatorID, password: String, key: OperatorKeyOffer) {
        self.operatorID = operatorID
        self.password = password
        self.key = key
    }
}

/// A sign-in that has begun: what a pairing has, with a token that ends.
package struct SignedIn: Codable, Equatable, Sendable {
    /// Its `url` is empty: whoever asks knows it.
    package var pairing: Pairing
    /// From this moment on the token is refused.
    package var until: Timestamp

    package init(pairing: Pairing, until: Timestamp) {
        self.pairing = pairing
        self.until = until
    }
}

/// The answer to something that is done and has nothing to tell: the body of `POST /v1/sign-out`.
package struct Done: Codable, Equatable, Sendable {
    package init() {}
}
