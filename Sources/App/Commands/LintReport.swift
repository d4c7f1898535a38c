import CertificateLint
import Credentials
import Model

/// What `muster lint` says of a file.
struct LintReport: Encodable {
    struct Item: Encodable {
        var key: String
        var subject: String
        var statuses: [Status]?
    }

    /// What somebody who was asked said.
    struct Status: Encodable {
        enum Word: String, Encodable {
            case good, revoked, unknown
            case notLearned = "not_learned"
        }
        var source: String
        var status: Word
        var reason: String?
        var at: Timestamp?
        var until: Timestamp?

        init(_ standing: CertificateStanding) {
            source = standing.source
            switch standing.verdict {
            case .said(.good, let until): (status, self.until) = (.good, until)
            case .said(.unknown, let until): (status, self.until) = (.unknown, until)
            case .said(.revoked(let code, let time), let until):
                (status, self.until) = (.revoked, until)
                (reason, at) = (CertificateStatus.reasonName(code), time)
            case .notLearned(let reason): (status, self.reason) = (.notLearned, reason)
            }
        }
    }

    var file: String
    var findings: [LintFinding]
    var items: [Item]

    init(
        file: String, facts: CertificateFileFacts, findings: [LintFinding],
        standings: [PayloadHash: [CertificateStanding]]
    ) {
        self.file = file
        self.findings = findings
        items = facts.items.map {
            Item(
                key: $0.key.description, subject: $0.subject,
                statuses: standings[$0.fingerprint]?.map(Status.init))
        }
    }

    /// The report for people, line by line.
    var lines: [String] {
        let count = items.count == 1 ? "" : ", \(items.count) in the file"
        let heading = findings.isEmpty ? "✓ \(file): nothing found\(count)" : "\(file)\(count)"
        return [heading] + findings.flatMap(lines(of:)) + items.indices.flatMap(goodStatuses(of:))
    }

    private func lines(of finding: LintFinding) -> [String] {
        let mark = finding.severity == .error ? "✗" : "!"
        let place = items.count == 1 ? "" : finding.item.map { "\($0): " } ?? ""
        return ["  \(mark) \(place)\(finding.cause) [\(finding.code.rawValue)]", "    \(finding.fix)"]
    }

    /// That a certificate was not revoked is no finding, but was asked for.
    private func goodStatuses(of index: Int) -> [String] {
        let place = items.count == 1 ? "" : "\(index + 1): "
        return (items[index].statuses ?? []).filter { $0.status == .good }.map {
            "  ✓ \(place)Not revoked, says \($0.source)" + ($0.until.map { ", until \($0)." } ?? ".")
        }
    }
}
