import Model

extension Linter {
    func usageFindings(_ index: Int) -> [LintFinding] {
        isLeaf(index) ? leafFindings(index) : issuerFindings(index)
    }

    private func leafFindings(_ index: Int) -> [LintFinding] {
        let facts = file.items[index]
        var findings: [LintFinding] = []
        func add(_ severity: LintFinding.Severity, _ code: LintCode, _ cause: String) {
            findings.append(LintFinding(severity, code, item: index, "\(name(of: index)) \(cause)."))
        }
        // What a request does not ask for, the authority decides.
        let strict: LintFinding.Severity = facts.isRequest ? .warning : .error
        if let purposes = facts.purposes {
            if purposes.isDisjoint(with: ["clientAuth", "anyExtendedKeyUsage"]) {
                let given = purposes.sorted().joined(separator: ", ")
                add(strict, .clientPurposeMissing, "is for \(given) and not for clientAuth")
            }
        } else if !facts.isRequest {
            add(.warning, .clientPurposeMissing, "does not say that it is for clientAuth")
        }
        if let usages = facts.keyUsages, !usages.contains("digitalSignature") {
            add(strict, .signatureUsageMissing, "does not allow its key to sign a handshake")
        }
        if facts.keyUsages?.contains("keyCertSign") == true, !facts.mayIssue {
            add(.error, .signsCertificates, "allows its key to sign certificates")
        }
        if facts.mayIssue { add(.error, .leafIsAuthority, "says that the device is an authority (CA:TRUE)") }
        return findings
    }

    private func issuerFindings(_ index: Int) -> [LintFinding] {
        let facts = file.items[index]
        if !facts.mayIssue {
            return [
                LintFinding(
                    .error, .issuerIsNoAuthority, item: index,
                    "\(name(of: index)) signed another one of the file and is no authority (no CA:TRUE).")
            ]
        }
        guard let usages = facts.keyUsages, !usages.contains("keyCertSign") else { return [] }
        return [
            LintFinding(
                .error, .issuerIsNoAuthority, item: index,
                "\(name(of: index)) does not allow its key to sign certificates (no keyCertSign).")
        ]
    }
}
