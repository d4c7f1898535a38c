/// A device as it bears on a job: claimed under it, or standing at its site.
package struct JobDevice: Codable, Equatable, Sendable {
    package var lane: DeviceIdentifier
    package var identity: DeviceIdentity
    /// Where it was placed, or is to be.
    package var position: String?
    /// What became of its operations, the worst of them: `needsYou` before `sent`, `saved`, `confirmed`.
    package var mark: OperationMark
    /// Whether it was claimed or placed under the job. Other devices of the site take positions and fulfil the list, and
    /// are nobody's surprise.
    package var isOfJob: Bool

    package init(
        lane: DeviceIdentifier, identity: DeviceIdentity, position: String? = nil, mark: OperationMark,
        isOfJob: Bool = true
    ) {
        self.lane = lane
        self.identity = identity
        self.position = position
        self.mark = mark
        self.isOfJob = isOfJob
    }
}

/// What a job's list has to say about a device.
package enum JobMatch: Equatable, Sendable {
    /// Expected, and the list says where. `line` counts from 0.
    case expectedAt(position: String, line: Int)
    /// Expected, at no position of the list. `line` is `nil` in a job without a list.
    case expected(line: Int?)
    /// The list does not have it.
    case notInJob
    /// Done under this job, or found at its site; `line` is `nil` when it was not expected.
    case alreadyDone(line: Int?, position: String?)
}

extension JobProgress {
    /// Whether the list of the job names the device.
    package func expects(_ identity: DeviceIdentity) -> Bool {
        switch match(identity) {
        case .expectedAt: true
        case .expected(let line), .alreadyDone(let line, _): line != nil
        case .notInJob: false
        }
    }
}

extension Job {
    /// What the list says of a device, given those that were done.
    ///
    /// Builds the whole progress: for more than one question keep a `JobProgress`.
    package func expected(for identity: DeviceIdentity, given devices: [JobDevice] = []) -> JobMatch {
        JobProgress(of: self, devices: devices).match(identity)
    }
}
