internal import CSystem

/// Why a host was not reached.
package enum ReachError: Error, Equatable, Sendable {
    case notResolved(reason: String)
    case notConnected(reason: String)
}

extension Descriptor {
    /// A TCP connection to a host, by name or numeric address; nonblocking. Blocks the calling thread until the deadline
    /// at the longest.
    package static func reach(
        _ host: String, port: UInt16, by deadline: Deadline
    ) throws(ReachError) -> Descriptor {
        var reached: Int32 = -1
        let reason = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 160) { text in
            text[0] = 0
            reached = csystem_reach(
                host, Int32(port), Int64(deadline.millisecondsLeft), text.baseAddress, text.count)
            return text.baseAddress.map { String(cString: $0) } ?? ""
        }
        guard reached >= 0 else {
            throw reached == Int32(CSYSTEM_NOT_RESOLVED)
                ? .notResolved(reason: reason) : .notConnected(reason: reason)
        }
        return Descriptor(owning: reached)
    }
}
