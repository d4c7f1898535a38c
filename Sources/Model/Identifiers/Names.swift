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
