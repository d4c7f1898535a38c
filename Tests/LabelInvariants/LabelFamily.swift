/// What bytes from outside are fed to: a family of label formats, or another reader of text that nobody vouches for.
///
/// `Scripts/fuzz` feeds each family for a while; the corpus of `Tests/Corpus/<family>` is fed by every test run.
package enum LabelFamily: String, CaseIterable, Sendable {
    case gs1
    case iso15434
    /// Matter and HomeKit.
    case setupCodes = "setup-codes"
    case lorawan
    /// Wi-Fi networks and Wi-Fi Easy Connect.
    case wifi
    case zigbee
    case zwave
    /// Cellular numbers, addresses, UUIDs, URNs, fingerprints, retail codes.
    case identifiers
    /// JSON, keys with values, links.
    case generic
    /// A line with a vendor's pattern, and behind it the text that it is tried on.
    case templates
    /// A file of templates and profiles.
    case profiles
    /// A byte with the settings of a keyboard scanner, and behind it what arrives over the keyboard.
    case wedge
    /// A byte for the alphabet and one for the check; a line that was typed, and lines with serials that are expected.
    case serials
    /// Requests and replies between a program and its decode worker.
    case scanMessages = "scan-messages"
    /// Symbology, words beside the code and AIM identifier in three bytes, and behind them the payload, read by all
    /// formats.
    case reader

    /// Bytes after which longer inputs find nothing new.
    package var longestInput: Int {
        switch self {
        case .templates, .serials: 512
        case .gs1, .iso15434, .setupCodes, .lorawan, .wifi, .zigbee, .zwave, .identifiers, .generic, .wedge,
            .profiles, .scanMessages, .reader:
            1024
        }
    }

    /// Feeds the bytes to the family. Any bytes must be answered, in the same way each time.
    ///
    /// - Throws: `Violation`, when what came out cannot be right.
    package func check(_ bytes: [UInt8]) throws(Violation) {
        switch self {
        case .templates: try TemplateChecks.check(bytes)
        case .profiles: try ProfileChecks.check(bytes)
        case .wedge: try WedgeChecks.check(bytes)
        case .serials: try SerialChecks.check(bytes)
        case .scanMessages: try ScanMessageChecks.check(bytes)
        case .reader: try ReaderChecks.check(bytes)
        case .gs1, .iso15434, .setupCodes, .lorawan, .wifi, .zigbee, .zwave, .identifiers, .generic:
            try ReaderChecks.check(bytes, as: formats)
        }
    }

    /// The names of the formats of labels that belong to the family.
    package var formats: [String] {
        switch self {
        case .gs1: ["gs1-element-string", "gs1-digital-link"]
        case .iso15434: ["iso15434", "di-bare"]
        case .setupCodes: ["matter-qr", "matter-manual", "homekit"]
        case .lorawan: ["lorawan-tr005"]
        case .wifi: ["wifi-qr", "wifi-dpp"]
        case .zigbee: ["zigbee-install-code"]
        case .zwave: ["zwave-smartstart"]
        case .identifiers:
            [
                "imei", "iccid", "eid", "mac-eui", "thread-joiner", "dev-urn", "uuid", "fingerprint-sha256",
                "device-id", "serial", "ean-upc",
            ]
        case .generic: ["generic-label", "espressif-prov", "iec61406", "phone-card"]
        case .templates, .profiles, .wedge, .serials, .scanMessages, .reader: []
        }
    }
}
