import Model
package import TargetCore

/// Reads what a target holds, page by page.
package struct TargetLister: Sendable {
    private let connection: TargetConnection
    private let world: TargetPerformer.World

    package init(_ connection: TargetConnection, _ world: TargetPerformer.World) {
        self.connection = connection
        self.world = world
    }

    /// Tries at one page before the list is given up: about two minutes, which throttling and a failover take.
    private static let tries = 7

    /// Gives each page to `show` as it comes. A page that is lost or refused for now is asked for again.
    ///
    /// - Throws: `TargetFault` when the target refuses, `TargetError` when it is not reached.
    package func list(
        matching query: String?, each show: ([TargetHolding]) async throws -> Void
    ) async throws {
        var listing = connection.target.listing(matching: query)
        var failures = 0
        while let call = listing.call {
            while case .later(let time, _) = try await world.admit(call) {
                try await world.pause(max(1, time.milliseconds - world.now().milliseconds))
            }
            do {
                try await show(try await page(call, of: &listing))
                failures = 0
            } catch {
                failures += 1
                guard failures < Self.tries, let seconds = Self.pause(after: error, failures) else {
                    throw error
                }
                try await world.pause(Int64(seconds) * 1000)
            }
        }
    }

    private func page(
        _ call: CloudCall, of listing: inout any TargetListing
    ) async throws -> [TargetHolding] {
        let sent = world.now()
        let reply = try await connection.send(call, at: sent)
        do throws(TargetFault) {
            let holdings = try listing.take(reply)
            await world.answered(call, nil, sent)
            return holdings
        } catch {
            await world.answered(call, error, sent)
            throw error
        }
    }

    /// Seconds until the next try; `nil` when there is to be none.
    private static func pause(after error: any Error, _ failures: Int) -> Int? {
        let doubled = 1 << min(failures, 6)
        switch error {
        case let fault as TargetFault:
            return fault.retry == .later ? fault.retryAfterSeconds ?? doubled : nil
        case TargetError.http: return doubled
        default: return nil
        }
    }
}
