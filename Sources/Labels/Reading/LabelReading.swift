package import Model

/// What all codes of one label say together: each by itself, the profile that chose among them, and what they say of each other.
package struct LabelReading: Equatable, Sendable {
    /// One code.
    package struct Code: Equatable, Sendable {
        package var reading: Result<Label, LabelFailure>
        /// Which code of the profile it is.
        package var role: String?
        /// Readings that hold as well and name another device or product; a person or a list decides.
        package var rivals: [Label]
        /// The bytes themselves are in doubt, however well they read.
        package var isDisputed: Bool

        /// A code by itself, read already.
        package init(reading: Result<Label, LabelFailure>, payload: Payload, _ reader: LabelReader) {
            self.init(
                reading: reading, role: nil, rivals: reader.rivals(of: reading, payload),
                isDisputed: payload.isDisputed)
        }

        init(
            reading: Result<Label, LabelFailure>, role: String?, rivals: [Label], isDisputed: Bool
        ) {
            self.reading = reading
            self.role = role
            self.rivals = rivals
            self.isDisputed = isDisputed
        }
    }

    /// In the order of the payloads.
    package private(set) var codes: [Code]
    /// The name of the profile that the codes fit.
    package private(set) var profile: String?
    /// The product that the profile names.
    package private(set) var product: ProductID?
    /// Codes that the profile demands and that are not there, by their roles.
    package private(set) var missing: [String]
    /// What the codes say about each other, by their places in `codes`.
    package private(set) var findings: [CrossCheck.Finding]

    package var labels: [Label] { codes.compactMap { try? $0.reading.get() } }
    package var conflicts: [CrossCheck.Finding] { findings.filter { $0.verdict == .conflict } }
}

extension LabelReader {
    /// What the codes of one label say, chosen by the profile that they fit.
    ///
    /// A profile with all its required codes goes before one that lacks some, and one that explains more codes before one that
    /// explains fewer; of several that are as good, none is taken unless they say the same.
    package func read(label payloads: [Payload]) -> LabelReading {
        let chosen = choose(payloads)
        let codes = payloads.enumerated().map { index, payload in
            if let label = chosen?.fit.labels[index] {
                return LabelReading.Code(
                    reading: .success(label), role: chosen?.fit.roles[index], rivals: [],
                    isDisputed: payload.isDisputed)
            }
            return LabelReading.Code(reading: read(payload), payload: payload, self)
        }
        return LabelReading(
            codes: codes, profile: chosen?.profile.name, product: chosen?.profile.product,
            missing: chosen?.fit.missing ?? [], findings: Self.findings(codes))
    }

    private func choose(_ payloads: [Payload]) -> (profile: LabelProfile, fit: LabelProfile.Fit)? {
        let fits = profiles.compactMap { profile in
            profile.fit(payloads, with: self).map { (profile: profile, fit: $0) }
        }
        func isBetter(_ one: LabelProfile.Fit, _ other: LabelProfile.Fit) -> Bool {
            (one.missing.isEmpty ? 1 : 0, one.count) > (other.missing.isEmpty ? 1 : 0, other.count)
        }
        guard let best = fits.max(by: { isBetter($1.fit, $0.fit) }) else { return nil }
        let rivals = fits.filter { !isBetter(best.fit, $0.fit) && $0.profile.name != best.profile.name }
        return rivals.allSatisfy {
            $0.fit.labels == best.fit.labels && $0.profile.product == best.profile.product
        }
            ? best : nil
    }

    /// The places that `CrossCheck` counts among the codes that could be read, as places among all codes.
    private static func findings(_ codes: [LabelReading.Code]) -> [CrossCheck.Finding] {
        let read = codes.enumerated().compactMap { index, code in
            (try? code.reading.get()).map { (index, $0) }
        }
        return CrossCheck(read.map(\.1)).findings.map { finding in
            CrossCheck.Finding(
                topic: finding.topic, verdict: finding.verdict, first: read[finding.first].0,
                second: read[finding.second].0)
        }
    }

    /// Other readings of a payload whose own reading nothing proves: no check digit, no name in it, no maker.
    func rivals(of reading: Result<Label, LabelFailure>, _ payload: Payload) -> [Label] {
        guard case .success(let label) = reading, !isProven(label, payload) else { return [] }
        return label.alternatives.compactMap { name in
            guard name != BareDataIdentifier.format.name, case .success(let other)? = read(payload, as: name),
                other.subject != .other, other.fields != label.fields
            else { return nil }
            return other
        }
    }

    private func isProven(_ label: Label, _ payload: Payload) -> Bool {
        switch label.format {
        case PlainSerial.format.name: return false
        case HardwareAddress.format.name:
            let text = String(decoding: payload.bytes, as: UTF8.self).trimmed
            return !text.isAllHex || maker(of: text) != nil
        default: return true
        }
    }
}
