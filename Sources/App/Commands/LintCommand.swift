import CertificateLint
import CommandTable
import Credentials
import Model
import Store

/// `muster lint`: what is wrong with certificates, chains and requests, before anybody refuses them.
struct LintCommand {
    let companion: Companion

    private var console: Console { companion.console }
    private var invocation: Invocation { companion.context.invocation }

    func run() async throws -> ExitCode {
        let roots = try (invocation.values["root"] ?? []).flatMap { try Self.file($0).certificates }
        let (policy, lane) = try await policy(hasRoots: invocation.has("root"))
        let check = try await statusCheck(roots: roots)
        var worst = ExitCode.done
        for path in invocation.arguments {
            var policy = policy
            policy.keyOwners = try await KeyOwners(store: companion.store).names(besides: lane)
            let file = try Self.file(path)
            let facts = try file.facts(roots: roots)
            if lane == nil { policy.keyOwners = Self.withoutOwn(policy.keyOwners, facts) }
            policy.standings = await check?.standings(of: file) ?? [:]
            let findings = Linter(facts, policy: policy, now: companion.surroundings.now()).findings
            let report = LintReport(
                file: path, facts: facts, findings: findings, standings: policy.standings)
            console.print(report)
            report.lines.forEach(console.show)
            if findings.contains(where: { $0.severity == .error }) { worst = .badInput }
        }
        return worst
    }

    private static func file(_ path: String) throws -> CertificateFile {
        let bytes = try InputFile.bytes(path, limit: CertificateFile.limitBytes)
        do { return try CertificateFile(bytes) } catch {
            throw CommandFailure(
                .badInput, error.explanation.id, "`\(path)`: \(error.explanation.what)",
                error.explanation.nextStep)
        }
    }

    /// Who the file should be of: the device that was named, as the store knows it.
    private func policy(hasRoots: Bool) async throws -> (LintPolicy, DeviceIdentifier?) {
        let days = try invocation.value("within").map { text in
            guard let days = Int(text), (0...36_500).contains(days) else {
                throw CommandFailure(
                    .usage, "usage", "Nothing was looked at: `\(text)` is no number of days.",
                    "Write --within 30.")
            }
            return days
        }
        var policy = LintPolicy(
            hasRoots: hasRoots, earliestNow: try await earliestNow(), days: days ?? LintPolicy.usualDays)
        if let serial = invocation.value("serial") {
            policy.device = DeviceNames(
                identity: DeviceIdentity(fields: ["serial": serial]), identifiers: [], deviceID: nil)
        }
        guard let text = invocation.value("device") else { return (policy, nil) }
        let device = try await companion.device(text)
        policy.device = DeviceNames(
            identity: device.identity, identifiers: device.identifiers, deviceID: device.deviceID)
        return (policy, device.lane)
    }

    /// The last moment that this store has seen: the clock cannot be right when it is before it.
    private func earliestNow() async throws -> Timestamp? {
        try await companion.store.findDevices("", limit: 1).first?.updatedAt
    }

    /// A certificate of the store is its own device's: that its key is known is no fault when nobody named a device.
    private static func withoutOwn(
        _ owners: [PayloadHash: String], _ facts: CertificateFileFacts
    ) -> [PayloadHash: String] {
        owners.filter { key, owner in
            !facts.items.contains { $0.publicKeyHash == key && $0.commonName == owner }
        }
    }

    /// Whom to ask for the status of certificates; `nil` when nobody is to be asked.
    private func statusCheck(roots: [Certificate]) async throws -> StatusCheck? {
        guard invocation.has("ocsp") || invocation.value("crl") != nil else { return nil }
        let client = try StatusClient(roots: roots)
        var lists: [StatusCheck.Listing] = []
        for source in invocation.values["crl"] ?? [] {
            let isAddress = source.hasPrefix("http://") || source.hasPrefix("https://")
            let bytes =
                isAddress
                ? try await client.list(source)
                : try InputFile.bytes(source, limit: RevocationList.limitBytes)
            do { lists.append(StatusCheck.Listing(source: source, list: try RevocationList(bytes))) } catch {
                throw CommandFailure(
                    .badInput, error.explanation.id, "`\(source)`: \(error.explanation.what)",
                    error.explanation.nextStep)
            }
        }
        let issuers = try (invocation.values["issuer"] ?? []).flatMap { try Self.file($0).certificates }
        return StatusCheck(
            asksResponders: invocation.has("ocsp"), lists: lists, authorities: issuers + roots,
            client: client, now: companion.surroundings.now(),
            randomBytes: companion.surroundings.randomBytes)
    }
}
