import HTTPClient
package import Model
import Synchronization
package import TargetCore

/// A target, and the line to it: how its calls are signed and sent.
package struct TargetConnection: Sendable {
    package let target: any Target
    /// What the account allows, by documents of its cloud.
    package let limits: [CloudLimit]
    /// Whose limits they are: everything under this name shares them.
    package let account: String
    /// How it is set, for what does not make calls.
    let settings: TargetSettings
    let signer: any CallSigner
    let client: HTTPClient
    let traffic = TargetTraffic()
    /// Where calls of several works become one.
    package let desk = JoiningDesk()
    private let offset = ClockOffset()
    private let watch = TargetWatch()

    init(
        target: any Target, limits: [CloudLimit], account: String, settings: TargetSettings,
        signer: any CallSigner, client: HTTPClient
    ) {
        self.target = target
        self.limits = limits
        self.account = account
        self.settings = settings
        self.signer = signer
        self.client = client
    }

    /// How long calls must have failed before the target is taken for down; 0: never.
    package var downAfterSeconds: Int { settings.downAfterSeconds ?? HealthTuning.downAfterSeconds }

    /// How far the target's clock is from this machine's, once an answer has told.
    package var clock: TargetClock? { watch.clock }

    /// What calls have shown since this was last asked.
    package func takeSightings() -> TargetSightings { watch.take() }

    private static let timeout = Duration.seconds(20)
    private static let replyBytes = 8 << 20
    /// Clocks that differ less do not make a signature false.
    private static let harmlessSkewSeconds: Int64 = 60

    /// Sends one call. A signature that was refused while the clocks differ is made once more by the cloud's clock.
    package func send(
        _ call: CloudCall, at now: Timestamp, within timeout: Duration = timeout
    ) async throws(TargetError) -> CloudReply {
        let reply = try await sendOnce(call, at: now, skew: offset.seconds, timeout)
        guard reply.status == 401 || reply.status == 403, let theirs = reply.seconds else { return reply }
        let skew = theirs - now.milliseconds / 1000
        guard abs(skew - offset.seconds) > Self.harmlessSkewSeconds else { return reply }
        offset.set(skew)
        return try await sendOnce(call, at: now, skew: skew, timeout)
    }

    /// What lies at an address that the target itself has named, such as a report's; it is not signed.
    package func fetch(_ url: String) async throws(TargetError) -> [UInt8] {
        let reply: HTTPReply
        do {
            reply = try await client.send(
                HTTPCall(url: url, totalTimeout: Self.timeout, replyLimit: Self.replyBytes))
        } catch { throw .http(error) }
        guard reply.status == 200 else {
            throw .settings(
                target: target.targetID, reason: "what it named is not there: status \(reply.status)")
        }
        return reply.body
    }

    private func sendOnce(
        _ call: CloudCall, at now: Timestamp, skew: Int64, _ timeout: Duration
    ) async throws(TargetError) -> CloudReply {
        var signed = try await signer.signed(call, at: now.advanced(bySeconds: skew))
        signed.totalTimeout = timeout
        signed.replyLimit = Self.replyBytes
        signed.isSentOnce = call.repeats == .doubling
        do {
            let reply = try await client.send(signed)
            let answer = CloudReply(
                status: reply.status,
                headers: reply.headers.map { CloudCall.Field($0.name, $0.value.unredacted) },
                body: reply.body)
            watch.saw(answer, at: now)
            if answer.status < 500 { traffic.answered(at: now) }
            return answer
        } catch {
            let error = TargetError.http(error)
            if error.isTargetAway { watch.missed(error.explanation.what, at: now) }
            throw error
        }
    }
}

/// By how much the target's clock is ahead, where a refused signature has told.
private final class ClockOffset: Sendable {
    private let value = Mutex<Int64>(0)

    var seconds: Int64 { value.withLock { $0 } }

    func set(_ seconds: Int64) {
        value.withLock { $0 = seconds }
    }
}
