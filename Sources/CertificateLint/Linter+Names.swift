import Model

extension Linter {
    /// Only the device's own certificate or request is to name the device.
    func nameFindings(_ index: Int) -> [LintFinding] {
        guard isLeaf(index) else { return [] }
        return commonNameFindings(index) + alternativeNameFindings(index)
    }

    private func commonNameFindings(_ index: Int) -> [LintFinding] {
        let facts = file.items[index]
        guard let name = facts.commonName, !name.isEmpty else {
            return [
                LintFinding(
                    .warning, .nameMissing, item: index,
                    "\(self.name(of: index)) has no single common name.")
            ]
        }
        guard let device = policy.device, !device.names.contains(name) else { return [] }
        let names = device.names.sorted().joined(separator: " or ")
        return [
            LintFinding(
                device.hasSerial ? .error : .warning, .nameWrong, item: index,
                "\(self.name(of: index)) is for \(name)"
                    + (names.isEmpty ? ", which the label does not say." : ", and the device is \(names)."))
        ]
    }

    private func alternativeNameFindings(_ index: Int) -> [LintFinding] {
        let facts = file.items[index]
        guard !facts.alternativeNames.isEmpty else {
            // The registrar gives the name by itself; a request need not have one.
            guard !facts.isRequest else { return [] }
            return [
                LintFinding(
                    .warning, .alternativeNameMissing, item: index,
                    "\(name(of: index)) has no subject alternative name.")
            ]
        }
        return facts.alternativeNames.compactMap { alternative in
            if let fault = Self.formFault(of: alternative) {
                return LintFinding(
                    .error, .alternativeNameForm, item: index, "\(name(of: index)) has \(fault).")
            }
            return foreignName(alternative, index)
        }
    }

    private func foreignName(_ name: AlternativeName, _ index: Int) -> LintFinding? {
        guard let device = policy.device else { return nil }
        switch name {
        case .dns(let dns) where !device.has(dns: dns):
            return LintFinding(
                device.hasSerial ? .error : .warning, .alternativeNameWrong, item: index,
                "\(self.name(of: index)) has the alternative name DNS:\(dns), which is not the device's.")
        case .uri(let uri)
        where !device.urns.contains(uri.lowercased()) && !uri.lowercased().hasPrefix("urn:muster:"):
            // The registrar's list may know an identifier that the label does not show.
            return LintFinding(
                .warning, .alternativeNameWrong, item: index,
                "\(self.name(of: index)) has the alternative name URI:\(uri), which the label does not say.")
        case .dns, .uri, .other: return nil
        }
    }

    /// What is wrong with the form of a name; `nil` when nothing is.
    private static func formFault(of name: AlternativeName) -> String? {
        switch name {
        case .uri(let uri): isURN(uri) ? nil : "the alternative name URI:\(uri), which is no URN"
        case .dns(let dns): isHostName(dns) ? nil : "the alternative name DNS:\(dns), which is no DNS name"
        case .other(let words): "an alternative name that is neither URI nor DNS name: \(words)"
        }
    }

    /// `urn:`, a namespace of 2 to 32 characters, and text. Source: RFC 8141, section 2.
    private static func isURN(_ text: String) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "urn", (2...32).contains(parts[1].utf8.count) else {
            return false
        }
        let isNamespace = parts[1].utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        return isNamespace && parts[1].first != "-" && parts[1].last != "-" && !parts[2].isEmpty
            && parts[2].utf8.allSatisfy { (0x21..<0x7F).contains($0) }
    }

    /// Labels of 1 to 63 letters, digits, hyphens and, as serials have them, underscores. Source: RFC 1123, section 2.1.
    private static func isHostName(_ text: String) -> Bool {
        guard text.utf8.count <= 253 else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy {
                    isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                }
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
