package import TargetCore

/// Handing a device's certificate to another account of the same region, which the device then connects to. Source: AWS IoT
/// API Reference, "TransferCertificate".
///
/// What the source had is restored when it does not come about; the other account's thing and policy are a provisioning
/// of their own, which finds the certificate there.
package struct CertificateTransfer: Codable, Equatable, Sendable {
    /// Whose keys sign the call.
    package enum Side: String, Codable, Sendable {
        case source, destination
    }

    package enum Step: Equatable, Sendable {
        case call(CloudCall, Side)
        case done
        case refused(TargetFault)
    }

    package var certificateARN: String
    package var thingName: String
    package var policy: String
    package var exclusively: Bool
    package var destinationAccount: String
    /// The way there that has been gone, in calls answered.
    private var answered = 0
    /// The way back.
    private var undone = 0
    /// Whether the transfer was asked for, and may be under way.
    private var mayBeUnderWay = false
    /// Whether it is asked for once more, because nobody knows what came of it.
    private var isAskedAgain = false
    package private(set) var fault: TargetFault?

    /// `nil` for a name that is no certificate's.
    package init?(
        certificateARN: String, thingName: String, policy: String, exclusively: Bool,
        destinationAccount: String
    ) {
        guard AWSName(certificateARN)?.certificateID != nil else { return nil }
        self.certificateARN = certificateARN
        self.thingName = thingName
        self.policy = policy
        self.exclusively = exclusively
        self.destinationAccount = destinationAccount
    }

    private var id: String { AWSName(certificateARN)?.name ?? "" }

    /// A certificate in transfer is not active and has neither thing nor policy.
    private var forward: [(CloudCall, Side)] {
        [
            (AWSCalls.updateCertificate(id, to: .inactive), .source),
            (AWSCalls.detachThingPrincipal(thingName, principal: certificateARN), .source),
            (AWSCalls.detachPolicy(policy, from: certificateARN), .source),
            (AWSCalls.transferCertificate(id, toAccount: destinationAccount), .source),
            (AWSCalls.acceptCertificateTransfer(id), .destination),
        ]
    }

    private var back: [(CloudCall, Side)] {
        (mayBeUnderWay ? [(AWSCalls.cancelCertificateTransfer(id), Side.source)] : []) + [
            (AWSCalls.attachPolicy(policy, to: certificateARN), .source),
            (
                AWSCalls.attachThingPrincipal(
                    thingName, principal: certificateARN, exclusively: exclusively), .source
            ),
            (AWSCalls.updateCertificate(id, to: .active), .source),
        ]
    }

    package var step: Step {
        if let fault { return undone < back.count ? called(back[undone]) : .refused(fault) }
        return answered < forward.count ? called(forward[answered]) : .done
    }

    private func called(_ call: (CloudCall, Side)) -> Step { .call(call.0, call.1) }

    package mutating func willSend(_ call: CloudCall) {
        guard call.name == "TransferCertificate" else { return }
        (isAskedAgain, mayBeUnderWay) = (mayBeUnderWay, true)
    }

    /// Takes an answer in; gives the fault when it was one, to be tried again if its retry says so.
    @discardableResult
    package mutating func take(_ reply: CloudReply, of call: CloudCall) -> TargetFault? {
        let error = AWSError(reply)
        let isThere =
            switch (call.name, error.type) {
            // Of an answer that was lost.
            case ("AcceptCertificateTransfer", "TransferAlreadyCompletedException"),
                ("DetachThingPrincipal", "ResourceNotFoundException"),
                ("DetachPolicy", "ResourceNotFoundException"),
                ("CancelCertificateTransfer", "ResourceNotFoundException"),
                ("TransferCertificate", "TransferConflictException"):
                true
            // It is in transfer already.
            case ("TransferCertificate", "CertificateStateException") where isAskedAgain: true
            default: (200..<300).contains(reply.status)
            }
        if isThere {
            if fault == nil { answered += 1 } else { undone += 1 }
            return nil
        }
        let refusal = AWSFaults.fault(error, of: call.name)
        guard refusal.retry == .never else { return refusal }
        // What cannot be restored does not keep the rest from being restored.
        if fault == nil { fault = refusal } else { undone += 1 }
        return refusal
    }
}
