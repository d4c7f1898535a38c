/// A kind of device in the catalogue: how its labels are recognised and what a claim must bring.
package struct Product: Codable, Equatable, Sendable {
    /// Who may claim a device that no delivery list names.
    package enum Admission: String, Codable, CaseIterable, Sendable {
        /// Only devices on the delivery list can be claimed; others wait for the list.
        case listed
        /// The first claim puts the device on the list.
        case open
    }

    package var productID: ProductID
    package var name: String
    package var admission: Admission
    /// Label fields that single the product out, such as `gtin` or `vendorID` with `productID`. All must match.
    package var labelFields: [String: String]
    /// How the keys of its devices may be made, the first choice first; `nil` when any way will do.
    package var keyOrigins: [KeyOrigin]?

    package init(
        productID: ProductID, name: String, admission: Admission = .listed,
        labelFields: [String: String] = [:], keyOrigins: [KeyOrigin]? = nil
    ) {
        self.productID = productID
        self.name = name
        self.admission = admission
        self.labelFields = labelFields
        self.keyOrigins = keyOrigins
    }

    /// A catalogue with a product of this name takes labels that no other product matches.
    package static let genericID = ProductID(trusted: "generic")

    package func matches(_ fields: [String: String]) -> Bool {
        !labelFields.isEmpty && labelFields.allSatisfy { fields[$0.key] == $0.value }
    }
}

extension Sequence<Product> {
    /// The one product that the fields name: the most specific match; `nil` when none or several equal ones do.
    package func matching(_ fields: [String: String]) -> Product? {
        let matches = filter { $0.matches(fields) }.sorted { $0.labelFields.count > $1.labelFields.count }
        guard let first = matches.first else { return nil }
        let rival = matches.dropFirst().first
        return rival?.labelFields.count == first.labelFields.count ? nil : first
    }
}

extension Sequence<Product> {
    /// The product that an identity names or its label tells; else the one named `generic`. `isCertain` tells whether it was
    /// named or matched.
    package func product(of identity: DeviceIdentity) -> (product: Product?, isCertain: Bool) {
        if let named = identity.product {
            return (first { $0.productID == named }, named != Product.genericID)
        }
        if let matched = matching(identity.fields) { return (matched, true) }
        return (first { $0.productID == Product.genericID }, false)
    }
}
