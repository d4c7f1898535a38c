package import Model

extension CrossCheck.Finding: Explained {
    package var explanation: Explanation {
        switch verdict {
        case .agree where topic == .sameCode:
            Explanation(
                id: "codes_repeated", what: "Two codes say the same, or one was read twice.",
                nextStep: "Scan another code of the label, or go on.")
        case .agree:
            Explanation(
                id: "codes_agree", what: "Two codes give the same \(topic.words).", nextStep: "Go on.")
        case .related:
            Explanation(
                id: "codes_related",
                what: "Two codes give different values for the \(topic.words), as one device can have.",
                nextStep: "Go on if both are printed on this device.")
        case .conflict:
            Explanation(
                id: "codes_conflict",
                what:
                    "Two codes give different values for the \(topic.words): they are of two devices, or one of "
                    + "them is misprinted.",
                nextStep:
                    "Scan the codes of one device alone; if they still differ, set it aside and tell the desk."
            )
        }
    }
}

extension CrossCheck.Topic {
    /// The plain fields that it is about.
    package var fields: [String] {
        switch self {
        case .sameCode, .setupCode, .deviceKey, .installCode: []
        case .discriminator: ["matter.discriminator", "matter.shortDiscriminator"]
        case .vendor: ["vendorID"]
        case .product: ["productID"]
        case .gtin: ["gtin"]
        case .serial: ["serial"]
        case .address: ["mac", "eui64", "devEUI"]
        case .imei: ["imei"]
        case .sim: ["iccid", "eid"]
        case .uuid: ["uuid"]
        case .devEUI: ["devEUI"]
        case .joinEUI: ["joinEUI"]
        case .fingerprint: ["sha256"]
        case .deviceID: ["deviceId"]
        case .uniqueItem: ["uii"]
        }
    }

    /// As people say it.
    package var words: String {
        switch self {
        case .sameCode: "code"
        case .setupCode: "setup code"
        case .discriminator: "discriminator"
        case .vendor: "vendor"
        case .product: "product"
        case .gtin: "product number (GTIN)"
        case .serial: "serial"
        case .address: "hardware address"
        case .imei: "IMEI"
        case .sim: "SIM"
        case .uuid: "UUID"
        case .devEUI: "DevEUI"
        case .joinEUI: "JoinEUI"
        case .fingerprint: "fingerprint"
        case .deviceID: "device id"
        case .uniqueItem: "unique item identifier"
        case .deviceKey: "device key (DSK)"
        case .installCode: "install code"
        }
    }
}
