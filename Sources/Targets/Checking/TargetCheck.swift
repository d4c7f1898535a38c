package import AWSIoT
package import Model
package import TargetCore

/// What harmless calls have shown of a target.
package struct TargetCheck: Codable, Equatable, Sendable {
    package struct Line: Codable, Equatable, Sendable {
        package enum Verdict: String, Codable, Sendable {
            case passed
            /// The registrar may not do this there.
            case denied
            /// Something that is set is not there.
            case missing
            /// The answer says neither.
            case failed
        }

        package var right: String
        package var purpose: String
        package var verdict: Verdict
        /// What was said, for all but `passed`.
        package var said: String?
    }

    package var target: TargetID
    package var account: String
    package var lines: [Line]
    /// Seconds that the target's clock is ahead.
    package var clockSkewSeconds: Int64
    /// What is wrong where that is more than signatures bear.
    package var clock: TargetFinding?
    /// How the policy of an AWS target lets devices connect, where its document says that plainly.
    package var client: AWSClientRule?

    /// Whether devices can be provisioned there.
    package var isGood: Bool { lines.allSatisfy { $0.verdict == .passed } }
}

extension TargetConnection {
    /// Longer than this a target that may be down is not waited for.
    private static let tryTimeout = Duration.seconds(5)

    /// The call that shows with the least whether the target is there; it changes nothing.
    package var harmlessCall: CloudCall? { TargetProbe.all(of: settings).first?.call }

    /// Makes that call; what came of it is among the sightings.
    package func tryHarmlessly(at now: Timestamp) async throws(TargetError) {
        guard let call = harmlessCall else { return }
        _ = try await send(call, at: now, within: Self.tryTimeout)
    }

    /// Tries everything that the registrar needs there with calls that change nothing.
    package func check(now: @Sendable () -> Timestamp) async throws(TargetError) -> TargetCheck {
        var lines: [TargetCheck.Line] = []
        if case .aws(let aws) = settings.cloud { lines.append(try await checkAccount(aws, now)) }
        var client: AWSClientRule?
        for probe in TargetProbe.all(of: settings) {
            let reply = try await send(probe.call, at: now())
            lines.append(line(of: probe, reply))
            if probe.call.name == "GetPolicy" { client = Self.clientRule(reply) }
            // With keys that are not known every further answer is the same.
            if lines.last?.verdict == .failed { break }
        }
        return TargetCheck(
            target: target.targetID, account: account, lines: lines,
            clockSkewSeconds: clock?.secondsAhead ?? 0,
            clock: clock?.finding(
                at: target.targetID,
                tolerableSeconds: TargetSettings.tolerableSkewSeconds(at: settings.kind)),
            client: client)
    }

    private static func clientRule(_ reply: CloudReply) -> AWSClientRule? {
        guard reply.status == 200 else { return nil }
        return AWSReplies.read(AWSReplies.PolicyDocument.self, reply)?.policyDocument.flatMap {
            AWSClientRule(policy: $0)
        }
    }

    private func line(of probe: TargetProbe, _ reply: CloudReply) -> TargetCheck.Line {
        let work = TargetWork(
            workID: "check", intent: .describe,
            device: TargetDevice(
                deviceID: DeviceID(trusted: "check"), name: "muster-check-0",
                tenant: TenantID(trusted: "check")))
        var line = TargetCheck.Line(right: probe.right, purpose: probe.purpose, verdict: .passed)
        if [200, 204].contains(reply.status) || probe.passes.contains(reply.status) { return line }
        if reply.status == 404, let missing = probe.missing {
            line.verdict = .missing
            line.said = missing
            return line
        }
        line.verdict = [401, 403].contains(reply.status) ? .denied : .failed
        if case .fault(let fault) = target.reading(of: reply, to: probe.call, in: work) {
            line.said = fault.words
        } else {
            line.said = "The target answered with status \(reply.status)."
        }
        return line
    }

    /// Whose keys they are: those of another account would make things where nobody looks for them.
    private func checkAccount(
        _ settings: AWSSettings, _ now: @Sendable () -> Timestamp
    ) async throws(TargetError) -> TargetCheck.Line {
        let reply = try await send(AWSCalls.getCallerIdentity, at: now())
        var line = TargetCheck.Line(
            right: "sts:GetCallerIdentity", purpose: "the account \(settings.accountID)", verdict: .passed)
        let text = String(decoding: reply.body.prefix(4096), as: UTF8.self)
        if reply.status != 200 {
            line.verdict = [401, 403].contains(reply.status) ? .denied : .failed
            line.said = "AWS does not take these keys: status \(reply.status)."
        } else if !text.contains(settings.accountID) {
            line.verdict = .failed
            line.said = "The keys belong to another account than \(settings.accountID)."
        }
        return line
    }
}
