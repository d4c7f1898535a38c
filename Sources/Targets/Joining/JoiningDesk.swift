import Model
import TargetCore

/// Where calls wait that can go as one: while one is under way, the next one fills. Who comes alone does not wait.
///
/// Who comes right after others is not alone: a call that has room for more goes no sooner than calls may be made without
/// end. It would use up the target's limit, and others would wait for that.
///
/// People wait for people only: their calls and those of bulk work do not share a row.
package actor JoiningDesk {
    /// What has come of a call at the desk.
    enum Outcome: Sendable {
        /// `sent` is the call that went out, for this one and perhaps for others; one of them counts it.
        case answered(CloudReply, sent: CloudCall, at: Timestamp, counts: Bool)
        /// It is to be sent by itself.
        case alone
        /// Not sent: the limit has room then.
        case later(Timestamp, limit: String)
    }

    /// One work's call.
    struct Entry: Sendable {
        var call: CloudCall
        var join: CallJoin
        /// Longer it cannot wait.
        var deadline: Timestamp
        var world: TargetPerformer.World
    }

    private struct Waiter {
        var number: Int
        var entry: Entry
        var continuation: CheckedContinuation<Outcome, any Error>
    }

    private struct Row: Hashable {
        var name: String
        var isAwaited: Bool
    }

    private var rows: [Row: [Waiter]] = [:]
    private var busy: Set<Row> = []
    private var sentAt: [Row: Timestamp] = [:]
    /// Until then a limit counts as having been in the way lately.
    private var scarceUntil: [Row: Timestamp] = [:]
    private var lastNumber = 0

    /// Calls that wait, those of a call that is being admitted among them.
    package var waiting: Int { rows.values.reduce(0) { $0 + $1.count } }

    func send(_ entry: Entry, over connection: TargetConnection) async throws -> Outcome {
        let row = Row(name: entry.join.row, isAwaited: entry.world.isAwaited)
        return try await withCheckedThrowingContinuation { continuation in
            lastNumber += 1
            rows[row, default: []].append(
                Waiter(number: lastNumber, entry: entry, continuation: continuation))
            guard busy.insert(row).inserted else { return }
            Task { await serve(row, connection) }
        }
    }

    /// Sends until the row is empty.
    private func serve(_ row: Row, _ connection: TargetConnection) async {
        while var batch = nextBatch(of: row) {
            if let rest = rest(before: batch, of: row, connection.limits) {
                do { try await batch[0].entry.world.pause(rest) } catch {
                    finish(batch, of: row) { _ in .failure(error) }
                    continue
                }
                batch = nextBatch(of: row) ?? batch
            }
            let calls = batch.map(\.entry.call)
            guard let call = calls.count == 1 ? calls[0] : connection.target.joined(calls) else {
                finish(batch, of: row) { _ in .success(.alone) }
                continue
            }
            do {
                let world = batch[0].entry.world
                switch try await world.admit(call) {
                case .now: await send(call, for: batch, of: row, connection)
                case .later(let time, let limit): try await wait(until: time, limit, at: row, world)
                }
            } catch {
                finish(batch, of: row) { _ in .failure(error) }
            }
        }
        busy.remove(row)
    }

    /// The first that fit together.
    private func nextBatch(of row: Row) -> [Waiter]? {
        guard let waiters = rows[row], let first = waiters.first else {
            rows[row] = nil
            return nil
        }
        var entries: Set<String> = []
        let fitting = waiters.filter { entries.insert($0.entry.join.entry).inserted }
        return Array(fitting.prefix(max(1, first.entry.join.most)))
    }

    /// The longest that a call waits for others, in milliseconds; people do not notice it.
    private static let longestRest: Int64 = 250
    private static let scarceSeconds: Int64 = 120

    /// Milliseconds that a call with room for more waits for them; `nil` when it goes at once.
    private func rest(before batch: [Waiter], of row: Row, _ limits: [CloudLimit]) -> Int64? {
        guard let first = batch.first, batch.count < first.entry.join.most, let last = sentAt[row] else {
            return nil
        }
        let now = first.entry.world.now()
        let call = first.entry.call
        let steady = limits.filter { $0.covers(plane: call.plane, call: call.name) }
            .map { $0.window / Int64($0.allowance) }.max()
        let isScarce = scarceUntil[row].map { now < $0 } ?? false
        let pace = isScarce ? Self.longestRest : min(steady ?? 0, Self.longestRest)
        let rest = last.milliseconds + pace - now.milliseconds
        return rest > 0 ? min(rest, pace) : nil
    }

    private func send(
        _ call: CloudCall, for batch: [Waiter], of row: Row, _ connection: TargetConnection
    ) async {
        let world = batch[0].entry.world
        let now = world.now()
        sentAt[row] = now
        let reply: CloudReply
        do throws(TargetError) { reply = try await connection.send(call, at: now) } catch {
            return finish(batch, of: row) { _ in .failure(error) }
        }
        let calls = batch.map(\.entry.call)
        guard let replies = calls.count == 1 ? [reply] : connection.target.parted(reply, of: calls),
            replies.count == calls.count
        else {
            await world.answered(call, nil, now)
            return finish(batch, of: row) { _ in .success(.alone) }
        }
        finish(batch, of: row) {
            .success(.answered(replies[$0], sent: call, at: now, counts: $0 == 0))
        }
    }

    /// Whoever cannot wait so long is told so; the others do.
    private func wait(
        until time: Timestamp, _ limit: String, at row: Row, _ world: TargetPerformer.World
    ) async throws {
        let now = world.now()
        scarceUntil[row] = now.advanced(bySeconds: Self.scarceSeconds)
        let impatient = (rows[row] ?? []).filter {
            !TargetPerformer.waits(until: time, from: now, deadline: $0.entry.deadline)
        }
        finish(impatient, of: row) { _ in .success(.later(time, limit: limit)) }
        guard rows[row]?.isEmpty == false else { return }
        try await world.pause(max(1, time.milliseconds - now.milliseconds))
    }

    private func finish(
        _ waiters: [Waiter], of row: Row, _ result: (Int) -> Result<Outcome, any Error>
    ) {
        let present = Set((rows[row] ?? []).map(\.number))
        let numbers = Set(waiters.map(\.number))
        rows[row]?.removeAll { numbers.contains($0.number) }
        for (place, waiter) in waiters.enumerated() where present.contains(waiter.number) {
            waiter.continuation.resume(with: result(place))
        }
    }
}
