import CertificateLint
import CommandTable
import Credentials
import Model
import Store

/// Looks at a certificate request before it is saved, so that it is not the registrar who finds fault with it tomorrow.
struct RequestLint {
    let companion: Companion

    /// Says on the console what is to be remarked.
    ///
    /// - Throws: as `check`.
    func remark(on der: [UInt8], of identity: DeviceIdentity, in lane: DeviceIdentifier?) async throws {
        for finding in try await check(der, of: identity, in: lane) {
            companion.console.remark("\(finding.cause) \(finding.fix)")
        }
    }

    /// The remarks on the request of a device.
    ///
    /// - Throws: `CommandFailure` with exit code 65 for a request that would be refused, with the first reason; the other
    ///   reasons are remarked before.
    func check(
        _ der: [UInt8], of identity: DeviceIdentity, in lane: DeviceIdentifier?
    ) async throws -> [LintFinding] {
        let known: StoredDevice? =
            if let lane { try await companion.store.device(lane) } else { nil }
        let identifiers = Set(identity.identifiers + (known?.identifiers ?? []))
        let policy = LintPolicy(
            device: DeviceNames(
                identity: identity, identifiers: Array(identifiers), deviceID: known?.deviceID),
            keyOwners: try await KeyOwners(store: companion.store).names(besides: lane))
        let file = try CertificateFile(der).facts()
        let findings = Linter(file, policy: policy, now: companion.surroundings.now()).findings
        let errors = findings.filter { $0.severity == .error }
        guard let first = errors.first else { return findings }
        for other in errors.dropFirst() { companion.console.remark("\(other.cause) \(other.fix)") }
        throw CommandFailure(
            .badInput, first.code.rawValue, "Nothing was saved. \(first.cause)", first.fix)
    }
}
