import Model

/// Says what payloads mean, by trying the formats in the order in which one of them is most likely meant.
package struct LabelReader: Sendable {
    private let formats: [LabelFormat]
    private let vendorTemplates: [VendorTemplate]
    private let templates: [LabelFormat]
    /// How the labels of products look; see `read(label:)`.
    package let profiles: [LabelProfile]

    private let year: Int
    private let digests: LabelDigests
    private let makers: AddressMakers

    /// - Parameters:
    ///   - templates: what vendors print, as data; tried before the formats of links and plain text.
    ///   - profiles: the labels of products; the patterns of their codes are tried like templates.
    ///   - year: the year now, by which two-digit years are understood.
    ///   - digests: what checksums and keys are computed with.
    ///   - makers: whose hardware addresses are whose.
    package init(
        templates: [VendorTemplate] = [], profiles: [LabelProfile] = [], year: Int, digests: LabelDigests,
        makers: AddressMakers = .unknown
    ) {
        self.year = year
        self.digests = digests
        self.makers = makers
        self.profiles = profiles
        vendorTemplates = templates
        let all = templates + profiles.flatMap { $0.codes.compactMap(\.template) }
        self.templates = all.map(\.format)
        formats = Self.table(self.templates)
    }

    /// A reader that knows one profile more; it takes the place of one of the same name.
    package func with(_ profile: LabelProfile) -> LabelReader {
        knowing(profiles.filter { $0.name != profile.name } + [profile])
    }

    /// A reader of single codes alone.
    package var withoutProfiles: LabelReader { knowing([]) }

    private func knowing(_ profiles: [LabelProfile]) -> LabelReader {
        LabelReader(
            templates: vendorTemplates, profiles: profiles, year: year, digests: digests, makers: makers)
    }

    /// Who was given the block of a MAC address or EUI-64; `nil` when that is not known here.
    package func maker(of address: String) -> String? { makers.blocks()?.maker(of: address) }

    /// The one list of formats; those before the templates are told by how they begin.
    private static func table(_ templates: [LabelFormat]) -> [LabelFormat] {
        [
            GS1ElementString.format, ISO15434.format, MatterQR.format, LoRaWANLabel.format, DPPLabel.format,
            HomeKitLabel.format, WiFiNetwork.format, ThreadJoiner.format, ZigbeeLabel.format,
            DeviceURN.format, PhoneCard.format,
        ]
            + templates + [
                GS1DigitalLink.format, EspressifLabel.format, ZWaveLabel.format, EID.format, ICCID.format,
                IMEI.format, HardwareAddress.format, Fingerprint.format, UUIDLabel.format,
                GenericLabel.format, IdentificationLink.format, MatterManualCode.format, LongDeviceID.format,
                PlainSerial.format, RetailCode.format, BareDataIdentifier.format,
            ]
    }

    /// The names of the formats that are understood, in the order in which they are tried.
    package var formatNames: [String] { formats.map(\.name) }

    /// What a payload says.
    package func read(_ payload: Payload) -> Result<Label, LabelFailure> {
        guard !payload.bytes.isEmpty else { return .failure(LabelFailure(format: nil, error: .empty)) }
        guard payload.bytes.count <= Payload.limitBytes else {
            return .failure(LabelFailure(format: nil, error: .badLength))
        }
        let scan = Scan(payload, year: year, digests: digests)
        var found: Label?
        var failure: LabelFailure?
        for format in ContextHint.ordered(formats, by: scan.context) {
            let fit = format.fit(scan)
            if case .none = fit { continue }
            do throws(LabelFault) {
                let reading = try format.read(scan)
                if found == nil {
                    try refuseOtherTemplates(than: format, reading, scan)
                    found = marked(Label(format, reading))
                } else {
                    found?.alternatives.append(format.name)
                }
            } catch {
                if failure == nil { failure = LabelFailure(format: format.name, fault: error) }
                if case .certain = fit, found == nil { break }
            }
            if case .certain = fit { break }
        }
        if let found { return .success(found) }
        return .failure(failure ?? LabelFailure(format: nil, error: .unrecognised))
    }

    /// What a payload says as one format, whatever else it may look like; `nil` when there is no such format.
    package func read(_ payload: Payload, as format: String) -> Result<Label, LabelFailure>? {
        guard let format = formats.first(where: { $0.name == format }) else { return nil }
        do throws(LabelFault) {
            return .success(
                marked(Label(format, try format.read(Scan(payload, year: year, digests: digests)))))
        } catch { return .failure(LabelFailure(format: format.name, fault: error)) }
    }

    /// Two templates that fit one code and read it differently are no reason to choose either.
    private func refuseOtherTemplates(
        than format: LabelFormat, _ reading: Reading, _ scan: Scan
    ) throws(LabelFault) {
        guard templates.contains(where: { $0.name == format.name }) else { return }
        for other in templates where other.name != format.name {
            guard case .certain = other.fit(scan) else { continue }
            if try other.read(scan).fields != reading.fields { throw .ambiguous }
        }
    }

    /// With a warning where a global hardware address is of no block that was given to anybody.
    private func marked(_ label: Label) -> Label {
        guard let address = label.fields["mac"] ?? label.fields["eui64"],
            !label.warnings.contains(where: { [.locallyAdministered, .multicast].contains($0) }),
            let blocks = makers.blocks(), blocks.maker(of: address) == nil
        else { return label }
        var label = label
        label.warnings.append(.unknownOUI)
        return label
    }
}

extension Label {
    fileprivate init(_ format: LabelFormat, _ reading: Reading) {
        self.init(
            format: format.name, fields: reading.fields, warnings: reading.warnings,
            furtherDevices: reading.furtherDevices)
    }
}
