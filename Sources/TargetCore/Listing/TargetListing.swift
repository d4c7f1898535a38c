package import Model

/// A target's list on its way through its pages, as a value: it gives the call for the next page and takes the answer.
package protocol TargetListing: Sendable {
    /// The call for the next page; `nil` once all have been read.
    var call: CloudCall? { get }

    /// Takes the answer to `call`. Never traps, whatever came; after a fault `call` is for the same page again.
    ///
    /// A list that has to begin anew, because the target has forgotten where it was, gives again what it gave before.
    mutating func take(_ reply: CloudReply) throws(TargetFault) -> [TargetHolding]
}

/// A target that says what it holds.
package protocol ListingTarget: Sendable {
    /// Everything that it holds; with a `query`, in the target's own language, what it finds by that.
    func listing(matching query: String?) -> any TargetListing

    /// The group that lets a device in which has no entry of its own; `nil` when it must have one.
    func group(of device: DeviceTarget) -> String?
}

extension ListingTarget {
    package func group(of device: DeviceTarget) -> String? { nil }
}
