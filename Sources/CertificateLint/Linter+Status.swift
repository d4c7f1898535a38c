import Model

extension Linter {
    /// What those who were asked say of a certificate, and where it says that they are.
    func statusFindings(_ index: Int) -> [LintFinding] {
        let facts = file.items[index]
        let standings = policy.standings[facts.fingerprint] ?? []
        return standings.compactMap { finding(on: $0, index) } + addressFindings(index)
    }

    private func finding(on standing: CertificateStanding, _ index: Int) -> LintFinding? {
        switch standing.verdict {
        case .said(.good, _): nil
        case .said(.revoked(let code, let time), _):
            LintFinding(
                .error, .revoked, item: index,
                "\(name(of: index)) was revoked at \(time) (\(CertificateStatus.reasonName(code))), "
                    + "says \(standing.source).")
        case .said(.unknown, _):
            LintFinding(
                .error, .statusUnknown, item: index,
                "\(name(of: index)) is not known to \(standing.source).")
        case .notLearned(let reason):
            LintFinding(
                .error, .statusNotLearned, item: index,
                "Whether \(lowercasedName(of: index)) was revoked is not known from \(standing.source): "
                    + "\(reason).")
        }
    }

    private func addressFindings(_ index: Int) -> [LintFinding] {
        let addresses = file.items[index].addresses
        return [addresses.revocationLists, addresses.responders, addresses.issuers].compactMap { kind in
            guard let first = kind.first, !kind.contains(where: Self.isOfUse) else { return nil }
            return LintFinding(
                .warning, .statusAddress, item: index,
                "\(name(of: index)) points to \(first), which others cannot ask.")
        }
    }

    /// Whether anybody but this machine can ask there, by the means that everybody has.
    private static func isOfUse(_ address: String) -> Bool {
        let text = address.lowercased()
        guard let scheme = ["http://", "https://"].first(where: text.hasPrefix) else { return false }
        let host = text.dropFirst(scheme.count)
        return !["localhost", "127.", "[::1]"].contains { host.hasPrefix($0) }
    }
}
