import Model
import Wire

/// What the demonstration's labels are labels of.
enum DemoCatalogue {
    static let products: [Product] = [
        product("soil-sensor", "Soil sensor (LoRaWAN)", .listed, ["loraProfileID": "000A0001"]),
        product("gateway", "Field gateway", .listed, ["gtin": "09501101530003"]),
        product("energy-meter", "Energy meter", .open, ["gtin": "09501101530010"]),
        product("router", "Router", .open, ["gtin": "09501101530027"]),
        product("dock", "Docking module", .open, ["gtin": "09501101530034"]),
        product("bulb", "Bulb (Matter)", .open, ["vendorID": "FFF1", "productID": "8000"]),
        product("controller", "Controller", .open, ["product": "NIC-5"]),
        product("edge-gateway", "Edge gateway", .open, ["product": "NJG-8"]),
        product("camera", "Camera", .open, ["product": "NKC-9"]),
        product("lock", "Lock", .open, ["product": "NVL-10"]),
        Product(productID: Product.genericID, name: "Any other device", admission: .open),
    ]

    /// The soil sensor needs the claim code that its label carries; the registrar keeps only a hash of it.
    static let deliveries: [Delivery] = [
        Delivery(
            identity: DeviceIdentity(
                product: ProductID(trusted: "soil-sensor"),
                fields: ["devEUI": "00005EEF10000001", "serial": "NLS-000101"]), tenant: DemoWorld.tenant,
            claimCode: "C7F2A94D"),
        gateway("NGW-000202"), gateway(foreignSerial),
    ]

    /// The serial of the device that another customer claims first.
    static let foreignSerial = "NGW-001515"

    private static func product(
        _ id: String, _ name: String, _ admission: Product.Admission, _ fields: [String: String]
    ) -> Product {
        Product(productID: ProductID(trusted: id), name: name, admission: admission, labelFields: fields)
    }

    static func gateway(_ serial: String) -> Delivery {
        Delivery(
            identity: DeviceIdentity(
                product: ProductID(trusted: "gateway"), fields: ["gtin": "09501101530003", "serial": serial]))
    }
}
