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
    let signer: any CallSigner
    let client: HTTPClient
    private let clock = ClockOffset()

    init(
        target: any Target, limits: [CloudLimit], account: String, signer: any CallSigner, client: HTTPClient
    ) {
        self.target = target
        self.limits = limits
        self.account = account
        self.signer = signer
        self.client = client
    }

    /// Seconds that the cloud's clock is ahead of this machine's, once an answer has told.
    package var clockSkewSeconds: Int64 { clock.seconds }

    private static let timeout = Duration.seconds(20)
    private static let replyBytes = 8 << 20
    /// Clocks that differ less do not make a signature false.
    private static let harmlessSkewSeconds: Int64 = 60

    /// Sends one call. A signature that was refused while the clocks differ is made once more by the cloud's clock.
    package func send(_ call: CloudCall, at now: Timestamp) async throws(TargetError) -> CloudReply {
        let reply = try await sendOnce(call, at: now.advanced(bySeconds: clock.seconds))
        guard reply.status == 401 || reply.status == 403,
            let theirs = reply.header("Date").flatMap(HTTPDate.seconds)
        else { return reply }
        let skew = theirs - now.milliseconds / 1000
        guard abs(skew - clock.seconds) > Self.harmlessSkewSeconds else { return reply }
        clock.set(skew)
        return try await sendOnce(call, at: now.advanced(bySeconds: skew))
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

    private func sendOnce(_ call: CloudCall, at now: Timestamp) async throws(TargetError) -> CloudReply {
        var signed = try await signer.signed(call, at: now)
        signed.totalTimeout = Self.timeout
        signed.replyLimit = Self.replyBytes
        signed.isSentOnce = call.repeats == .doubling
        do {
            let reply = try await client.send(signed)
            return CloudReply(
                status: reply.status,
                headers: reply.headers.map { CloudCall.Field($0.name, $0.value.unredacted) },
                body: reply.body)
        } catch { throw .http(error) }
    }
}

/// What the last answers told of the difference of the clocks.
private final class ClockOffset: Sendable {
    private let value = Mutex<Int64>(0)

    var seconds: Int64 { value.withLock { $0 } }

    func set(_ seconds: Int64) {
        value.withLock { $0 = seconds }
    }
}
