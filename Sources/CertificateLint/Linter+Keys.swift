import Model

extension Linter {
    /// Digests that somebody can make a second text for.
    private static let weakDigests: Set<String> = ["MD2", "MD4", "MD5", "SHA1", "MD5-SHA1"]

    func keyFindings(_ index: Int) -> [LintFinding] {
        let facts = file.items[index]
        var findings: [LintFinding] = []
        func add(_ code: LintCode, _ cause: String, _ severity: LintFinding.Severity = .error) {
            findings.append(LintFinding(severity, code, item: index, cause))
        }
        switch facts.key.fault {
        case nil: break
        case .kind: add(.keyKind, "\(name(of: index)) has a key of a kind that is not taken: \(facts.key).")
        case .tooSmall(let bits): add(.keyTooSmall, "\(name(of: index)) has an RSA key of only \(bits) bits.")
        case .tooLarge(let bits): add(.keyTooLarge, "\(name(of: index)) has an RSA key of \(bits) bits.")
        }
        if facts.isRequest, !facts.isSignedByItsKey {
            add(.notSignedByItsKey, "\(name(of: index)) is not signed with the key it names.")
        }
        if let digest = facts.digest, Self.weakDigests.contains(digest.uppercased()) {
            // Nobody relies on the signature of a root by itself.
            let isRoot = file.signers[index] == .itself && facts.mayIssue
            add(
                .digestWeak, "\(name(of: index)) is signed with \(digest), which can be forged.",
                isRoot ? .warning : .error)
        }
        if let owner = policy.keyOwners[facts.publicKeyHash] {
            add(.keyOfAnotherDevice, "\(name(of: index)) has the key of another device, \(owner).")
        }
        // A request and its certificate share a key, and so do two certificates of one authority.
        if let other = file.items[..<index].firstIndex(where: { $0.sharesKey(with: facts) }) {
            add(.keyRepeated, "\(name(of: index)) has the same key as number \(other + 1) of the file.")
        }
        return findings
    }
}

extension CertificateFacts {
    fileprivate func sharesKey(with other: CertificateFacts) -> Bool {
        publicKeyHash == other.publicKeyHash && subject != other.subject && !isRequest && !other.isRequest
    }
}
