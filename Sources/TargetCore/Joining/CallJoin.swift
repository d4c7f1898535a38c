/// What a call may share one call with.
package struct CallJoin: Equatable, Sendable {
    /// Calls of one row fit together.
    package var row: String
    /// What the call is about; a joined call is about each but once.
    package var entry: String
    /// Calls that fit into one.
    package var most: Int

    package init(row: String, entry: String, most: Int) {
        self.row = row
        self.entry = entry
        self.most = most
    }
}

/// How calls of many works become one, and its answer theirs again. A target that knows no calls for many has nothing to say.
package protocol CallJoining: Sendable {
    /// What the call may be joined with; `nil` when it is sent alone.
    func joining(of call: CloudCall) -> CallJoin?

    /// Calls of one row, each about another entry, as one call; `nil` when they cannot be.
    func joined(_ calls: [CloudCall]) -> CloudCall?

    /// The answer to a joined call as one for each of its calls, as they would have been answered alone; `nil` when it
    /// says nothing of the single ones and nothing was done, so that each is to be sent alone.
    func parted(_ reply: CloudReply, of calls: [CloudCall]) -> [CloudReply]?
}

extension CallJoining {
    package func joining(of call: CloudCall) -> CallJoin? { nil }
    package func joined(_ calls: [CloudCall]) -> CloudCall? { nil }
    package func parted(_ reply: CloudReply, of calls: [CloudCall]) -> [CloudReply]? { nil }
}
