package import Model

/// How the labels of one product look, as data: which codes they carry, and what each of them is.
///
/// A label with several codes is read by the profile that all its codes fit; what the profile ignores is no part of the device.
package struct LabelProfile: Equatable, Sendable {
    /// One code of the label.
    package struct Code: Equatable, Sendable {
        /// Whether the label is read without it.
        package enum Use: String, Codable, Sendable {
            case required, optional
            /// It may be there, and says nothing about the device.
            case ignored
        }

        /// How it is read.
        package enum Content: Equatable, Sendable {
            /// By a pattern of the profile.
            case template(VendorTemplate)
            /// As a format that Muster knows.
            case format(String)
        }

        /// What the code is called when a person has to find it, such as `serial, the lower one`.
        package var role: String
        package var use: Use
        package var symbology: Symbology?
        package var content: Content
        /// Values that it must have to be this code, such as the product's GTIN.
        package var fields: [String: String]

        package init(
            role: String, use: Use = .required, symbology: Symbology? = nil, content: Content,
            fields: [String: String] = [:]
        ) {
            self.role = role
            self.use = use
            self.symbology = symbology
            self.content = content
            self.fields = fields
        }
    }

    /// A label as it is printed, and what it says. A profile that does not read its own examples is not used.
    package struct Example: Equatable, Sendable {
        package var codes: [Payload]
        /// Fields by name; those of secrets with `secret.` before it. Others than these are not compared.
        package var fields: [String: String]

        package init(codes: [Payload], fields: [String: String]) {
            self.codes = codes
            self.fields = fields
        }
    }

    package var name: String
    /// The product of the catalogue that such a label is on.
    package var product: ProductID?
    package var codes: [Code]
    package var examples: [Example]

    package init(name: String, product: ProductID? = nil, codes: [Code], examples: [Example]) {
        self.name = name
        self.product = product
        self.codes = codes
        self.examples = examples
    }

    /// Codes that a label may have.
    static let mostCodes = 16
}

extension LabelProfile.Code {
    /// What the payload says as this code; `nil` when it is not this code.
    func read(_ payload: Payload, with reader: LabelReader) -> Label? {
        guard symbology == nil || payload.symbology == nil || symbology == payload.symbology else {
            return nil
        }
        let format =
            switch content {
            case .template(let template): template.formatName
            case .format(let name): name
            }
        guard case .success(let label)? = reader.read(payload, as: format),
            fields.allSatisfy({ label.fields[$0.key] == $0.value })
        else { return nil }
        return label
    }

    /// The pattern, where the code has one of its own.
    var template: VendorTemplate? {
        guard case .template(let template) = content else { return nil }
        return template
    }
}

extension LabelProfile {
    /// The profile's reading of a label.
    struct Fit: Equatable {
        /// What each payload says, in their order; `nil` for one that is no code of the profile.
        var labels: [Label?]
        /// Which code each payload is.
        var roles: [String?]
        /// Roles of required codes that are not there.
        var missing: [String]

        var count: Int { labels.count { $0 != nil } }
    }

    /// How the payloads fit: each code takes at most one. `nil` when none fits, or two different ones want the same place.
    func fit(_ payloads: [Payload], with reader: LabelReader) -> Fit? {
        var fit = Fit(
            labels: Array(repeating: nil, count: payloads.count),
            roles: Array(repeating: nil, count: payloads.count), missing: [])
        var taken: [Int: [UInt8]] = [:]
        for (index, payload) in payloads.enumerated() {
            for (place, code) in codes.enumerated() {
                guard let label = code.read(payload, with: reader) else { continue }
                if let other = taken[place], other != payload.bytes {
                    // Two serials on one picture are two devices.
                    guard code.use == .ignored else { return nil }
                }
                taken[place] = payload.bytes
                fit.labels[index] = code.use == .ignored ? label.emptied : label
                fit.roles[index] = code.role
                break
            }
        }
        guard !taken.isEmpty else { return nil }
        fit.missing = codes.indices.filter { codes[$0].use == .required && taken[$0] == nil }.map {
            codes[$0].role
        }
        return fit
    }
}

extension Label {
    /// The label without what it says.
    fileprivate var emptied: Label { Label(format: format, fields: LabelFields()) }
}
