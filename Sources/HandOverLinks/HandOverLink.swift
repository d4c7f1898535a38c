package import HandOver
package import Model

/// A way to a device. Its calls block; one thread uses it.
///
/// Every call can be made again: what was done is found done.
package protocol HandOverLink {
    /// As given with `--to`.
    var name: String { get }
    /// Whether the device answers while it is asked, and so can sign over a nonce that was made just now.
    var canAsk: Bool { get }
    /// What is known of the way, once something was said over it.
    var evidence: LinkEvidence { get }

    /// Who is there.
    func hello() throws(HandOverError) -> DeviceAnnouncement
    /// The device's certificate request, signed over the nonce where the link can ask.
    func request(nonce: [UInt8]) throws(HandOverError) -> SignedRequest
    /// Brings the bundle over. What the device works with stays as it is.
    func install(_ bundle: PrincipalsBundle, nonce: [UInt8]) throws(HandOverError) -> Installation
    /// Has the device switch.
    func activate(_ bundle: PayloadHash, nonce: [UInt8]) throws(HandOverError) -> Activation
    /// The device's proof that it works with the bundle; `nil` when the device has not been there yet.
    func confirm(_ bundle: PayloadHash, nonce: [UInt8]) throws(HandOverError) -> InstallationProof?
    /// The device's word for its last connection, signed over the nonce; `nil` where the link cannot ask for it.
    func connection(nonce: [UInt8]) throws(HandOverError) -> LastConnection?
}

/// What is known once a bundle was brought over.
package enum Installation: Equatable, Sendable {
    /// The device told this hash over the nonce and every byte that it holds.
    case shown(contents: PayloadHash)
    /// It lies whole where the device will find it; read back and compared.
    case laidDown
}

/// What is known once a device was told to switch.
package enum Activation: Equatable, Sendable {
    case switched
    /// It has not been there yet.
    case deviceAway
}
