import CommandTable
import Model
import Screens
import Store

/// `muster device principals`: which certificates end when, over all devices of this store.
struct PrincipalsCommand {
    let companion: Companion

    private var console: Console { companion.console }

    /// Days until the next visit when nobody says so: a device is visited about once a year.
    static let usualVisitDays = 365

    func run() async throws -> ExitCode {
        let site: SiteID? = try companion.context.invocation.value("site").map {
            try ArgumentText.identifier($0)
        }
        let limit = try companion.context.invocation.value("expiring").map(days)
        let reader = DevicePrincipals(companion)
        var devices: [(name: String, principals: [Principal])] = []
        for device in try await companion.store.certifiedDevices(at: site) {
            devices.append((device.identity.displayName, try await reader.principals(of: device)))
        }
        let now = companion.surroundings.now()
        let all = PrincipalExpiry.all(devices, now: now, visitInDays: limit ?? Self.usualVisitDays)
        let shown = limit == nil ? all : all.filter(\.endsBeforeNextVisit)
        shown.forEach(console.print)
        tell(shown, of: devices.count)
        return .done
    }

    private func days(_ text: String) throws -> Int {
        guard let days = Int(text), (0...36_500).contains(days) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was looked up: `\(text)` is no number of days.",
                "Write --expiring 90.")
        }
        return days
    }

    private func tell(_ expiries: [PrincipalExpiry], of count: Int) {
        guard !expiries.isEmpty else {
            console.remark(
                count == 0
                    ? "This store knows no device with a certificate."
                    : "No certificate of \(count) devices ends in that time.")
            return
        }
        var table = TextTable(header: ["", "ENDS", "DAYS", "PRINCIPAL", "SUBJECT", "DEVICES"])
        for expiry in expiries {
            let few = expiry.devices.prefix(3).joined(separator: " ")
            table.rows.append([
                expiry.daysLeft < 0 ? "✗" : expiry.endsBeforeNextVisit ? "!" : "✓",
                String(expiry.notAfter.description.prefix(10)), String(expiry.daysLeft), expiry.kind.words,
                expiry.subject,
                expiry.devices.count > 3 ? "\(few) and \(expiry.devices.count - 3) more" : few,
            ])
        }
        table.lines.forEach(console.show)
    }
}

extension Principal.Kind {
    var words: String { Language.english.say(phrase) }
}

/// The principals of one device, for people.
enum PrincipalRows {
    static func all(_ principals: [Principal]) -> [(String, String)] {
        principals.map { ($0.kind.words, words($0)) }
    }

    private static func words(_ principal: Principal) -> String {
        let english = Language.english
        guard principal.holder != nil else { return english.say(.principalNone) }
        var parts: [String] = []
        if principal.kind == .serviceEndpoints, let subject = principal.subject { parts.append(subject) }
        if let keeping = principal.keeping { parts.append(english.say(keeping.phrase)) }
        if let issuer = principal.issuer, let end = principal.notAfter {
            parts.append(english.say(.principalCertificate, issuer, String(end.description.prefix(10))))
        } else if principal.kind != .serviceEndpoints, let subject = principal.subject {
            parts.append(subject)
        }
        parts.append(
            principal.lastProof.map { english.say($0.way.phrase, String($0.at.description.prefix(10))) }
                ?? english.say(.principalNotProven))
        return parts.joined(separator: "; ")
    }
}
