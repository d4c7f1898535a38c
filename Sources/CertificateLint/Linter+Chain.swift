import Model

extension Linter {
    /// How an item is tied to what signed it.
    func linkFindings(_ index: Int) -> [LintFinding] {
        let facts = file.items[index]
        guard let issuer = facts.issuer else { return [] }
        switch file.signers[index] {
        case .item, .trustedRoot: return []
        case .itself: return selfSignedFindings(index)
        case .unknown: return looseEndFindings(index, issuer)
        }
    }

    private func selfSignedFindings(_ index: Int) -> [LintFinding] {
        if isLeaf(index) {
            return [
                LintFinding(
                    policy.hasRoots ? .error : .warning, .selfSigned, item: index,
                    "\(name(of: index)) is signed by itself: nobody vouches for it.")
            ]
        }
        guard policy.hasRoots else { return [] }
        return [
            LintFinding(
                .error, .rootUnknown, item: index,
                "\(name(of: index)) is a root that is none of those that were named.")
        ]
    }

    /// Nothing at hand signed it: either the issuer is missing, or what is there does not fit.
    private func looseEndFindings(_ index: Int, _ issuer: String) -> [LintFinding] {
        if let namesake = file.items.firstIndex(where: { !$0.isRequest && $0.subject == issuer }),
            namesake != index
        {
            return [
                LintFinding(
                    .error, .signatureMismatch, item: index,
                    "\(name(of: index)) names number \(namesake + 1) of the file as its issuer, "
                        + "whose key did not sign it.")
            ]
        }
        // Behind the last there is nothing that could mismatch, and what this one signed is in the wrong order only.
        if index + 1 < file.items.count, !file.items[index + 1].isRequest,
            file.signers[index + 1] != .item(index)
        {
            return [
                LintFinding(
                    .error, .issuerMismatch, item: index,
                    "\(name(of: index)) was issued by \(issuer), and behind it comes "
                        + "\(file.items[index + 1].subject).")
            ]
        }
        return [
            LintFinding(
                policy.hasRoots ? .error : .warning, .chainIncomplete, item: index,
                "\(name(of: index)) was issued by \(issuer), whose certificate is not in the file.")
        ]
    }

    /// Whether the file goes from the device up, each followed by what signed it.
    var orderFindings: [LintFinding] {
        guard var index = leaf else { return [] }
        var path = [index]
        while case .item(let issuer) = file.signers[index], !path.contains(issuer) {
            path.append(issuer)
            index = issuer
        }
        guard path.count > 1, path != Array(0..<path.count) else { return [] }
        let right = path.map { String($0 + 1) }.joined(separator: ", ")
        return [LintFinding(.error, .chainOrder, "The file is not in order: it should be \(right).")]
    }
}
