package import Model

/// Looks at what a file says, before anybody else refuses it with fewer words.
package struct Linter: Sendable {
    let file: CertificateFileFacts
    let policy: LintPolicy
    let now: Timestamp
    /// The places of requests and of certificates that signed none of the others.
    private let leaves: Set<Int>

    package init(_ file: CertificateFileFacts, policy: LintPolicy, now: Timestamp) {
        self.file = file
        self.policy = policy
        self.now = now
        leaves = Self.leaves(of: file, isOfDevice: policy.device != nil)
    }

    /// An authority's own certificate is no device's, unless it is all there is and somebody says that the file is.
    private static func leaves(of file: CertificateFileFacts, isOfDevice: Bool) -> Set<Int> {
        var leaves = Set(file.items.indices)
        for signer in file.signers {
            if case .item(let index) = signer { leaves.remove(index) }
        }
        let devices = leaves.filter { index in
            let facts = file.items[index]
            let isAuthority = facts.mayIssue && facts.keyUsages?.contains("keyCertSign") == true
            return facts.isRequest || !isAuthority
        }
        return devices.isEmpty && isOfDevice ? leaves : devices
    }

    /// In the order of the file; of each item its key first, then names, use, time and its place in the chain.
    package var findings: [LintFinding] {
        let clock = clockFindings
        var findings = clock
        if file.hasPrivateKey {
            findings.append(
                LintFinding(
                    .warning, .privateKeyInFile, "The file holds a private key beside what was looked at."))
        }
        for index in file.items.indices {
            findings += keyFindings(index) + nameFindings(index) + usageFindings(index)
            if clock.isEmpty { findings += timeFindings(index) }
            findings += lifeFindings(index) + linkFindings(index) + statusFindings(index)
        }
        return findings + orderFindings
    }

    func isLeaf(_ index: Int) -> Bool { leaves.contains(index) }

    /// The one certificate that the others of the file vouch for; `nil` when there are several, or a request.
    var leaf: Int? { leaves.count == 1 ? leaves.first { !file.items[$0].isRequest } : nil }

    /// How a finding calls an item at the start of a sentence.
    func name(of index: Int) -> String { "T" + lowercasedName(of: index).dropFirst() }

    /// How a finding calls an item.
    func lowercasedName(of index: Int) -> String {
        let facts = file.items[index]
        let word = facts.isRequest ? "the request" : "the certificate"
        return facts.subject.isEmpty ? "\(word) without a subject" : "\(word) of \(facts.subject)"
    }
}
