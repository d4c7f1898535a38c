/// Who owns devices: a customer, a department.
package struct TenantID: NameIdentifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A place where devices of a tenant stand; unique within its tenant.
package struct SiteID: NameIdentifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A kind of device in a registrar's catalogue.
package struct ProductID: NameIdentifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A person or program that acts; every operation names one.
package struct OperatorID: NameIdentifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A registrar, made at its `init` and never changed.
package struct RegistrarID: NameIdentifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A store on a tablet or desk, made when the store is created.
package struct StoreID: NameIdentifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A device as its registrar knows it; the registrar makes it when it first hears of the device.
package struct DeviceID: NameIdentifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A work order; unique within its tenant. Desks number them as they like, so capitals are allowed.
package struct JobID: Identifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }

    package static var rule: String {
        "1 to 63 of letters, 0-9, dot, dash and underscore, starting with a letter or digit"
    }

    package static func accepts(_ text: String) -> Bool { OperatorID.accepts(text.asciiLowercased) }
}

extension String {
    /// With `A-Z` as `a-z` and every other character as it is.
    fileprivate var asciiLowercased: String {
        String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }
}

/// Where a registrar provisions devices: its own authority, or an account of a cloud; unique within the registrar.
package struct TargetID: NameIdentifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }

    /// The registrar's own authority and nothing else.
    package static let builtIn = TargetID(trusted: "built-in")
}
