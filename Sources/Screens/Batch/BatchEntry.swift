import Intake
package import Model

/// One device of the batch lane, and what became of it.
package struct BatchEntry: Equatable, Sendable {
    package enum Status: Equatable, Sendable {
        /// Handed to the store; nothing is promised yet.
        case saving
        case saved(OperationMark)
        /// Nothing of it was saved.
        case failed(Explanation)
        case undone
    }

    /// Counts up from 1 in the order of the scans.
    package var number: Int
    package var candidate: Candidate
    package var status: Status
    package var lane: DeviceIdentifier?
    package var operations: [OperationID] = []
    /// What was worth a word, and did not stop it.
    package var remark: String?

    package init(number: Int, candidate: Candidate, status: Status = .saving) {
        self.number = number
        self.candidate = candidate
        self.status = status
        lane = candidate.device.identity.lane
    }

    /// Whether the device is on the disk, or about to be.
    var counts: Bool {
        switch status {
        case .saving, .saved: true
        case .failed, .undone: false
        }
    }

    func isSame(_ identity: DeviceIdentity) -> Bool {
        counts && !Set(candidate.device.identity.identifiers).isDisjoint(with: identity.identifiers)
    }
}
