import Model

/// Says what payloads mean, by trying the formats in the order in which one of them is most likely meant.
package struct LabelReader: Sendable {
    private let formats: [LabelFormat]

    private let year: Int
    private let digests: LabelDigests

    /// - Parameters:
    ///   - templates: what vendors print, as data; tried before the formats of links and plain text.
    ///   - year: the year now, by which two-digit years are understood.
    ///   - digests: what checksums and keys are computed with.
    package init(templates: [VendorTemplate] = [], year: Int, digests: LabelDigests) {
        self.year = year
        self.digests = digests
        formats = Self.table(templates)
    }

    /// The one list of formats; those before the templates are told by how they begin.
    private static func table(_ templates: [VendorTemplate]) -> [LabelFormat] {
        [
            GS1ElementString.format, ISO15434.format, MatterQR.format, LoRaWANLabel.format, DPPLabel.format,
            HomeKitLabel.format, WiFiNetwork.format, ThreadJoiner.format, ZigbeeLabel.format,
            DeviceURN.format, PhoneCard.format,
        ]
            + templates.map(\.format)
            + [
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
                    found = Label(format, reading)
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
            return .success(Label(format, try format.read(Scan(payload, year: year, digests: digests))))
        } catch { return .failure(LabelFailure(format: format.name, fault: error)) }
    }
}

extension Label {
    fileprivate init(_ format: LabelFormat, _ reading: Reading) {
        self.init(
            format: format.name, fields: reading.fields, warnings: reading.warnings,
            furtherDevices: reading.furtherDevices)
    }
}
