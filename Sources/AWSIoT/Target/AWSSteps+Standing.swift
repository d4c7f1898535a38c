import Model
import TargetCore

/// Letting a known device in or not, and saying what is known of it.
extension AWSSteps {
    private var known: TargetStep? {
        endpointStep ?? thingStep ?? principalsStep ?? statusStep(work.certificates)
    }

    private var current: String? {
        let marked = work.marked(AWSMark.certificate).first
        return marked ?? (work.certificates.count == 1 ? work.certificates.first : nil)
    }

    private var previous: [String] { work.marked(AWSMark.previous).filter(work.certificates.contains) }

    var disabling: TargetStep {
        if let step = known { return step }
        let active = work.certificates.filter(isActive)
        if let step = each(active.map { AWSCalls.updateCertificate($0, to: .inactive) }) { return step }
        return .done(
            TargetOutcome(
                device: outcome(
                    .disabled, certificate: current, previous: previous,
                    disabled: active.isEmpty ? work.marked(AWSMark.disabled) : active)))
    }

    /// Only what was let in before is let in again, and nothing that was revoked.
    var enabling: TargetStep {
        if let step = known { return step }
        let marked = work.marked(AWSMark.disabled).filter(work.certificates.contains)
        let ids = marked.isEmpty ? current.map { [$0] } ?? [] : marked
        guard !ids.isEmpty else { return refused(.noCurrent) }
        guard !ids.contains(where: { status($0) == AWSCertificateStatus.revoked.rawValue }) else {
            return refused(.revoked)
        }
        guard !ids.contains(where: { status($0) == AWSFact.absent || status($0) == nil }) else {
            return refused(.certificateMissing)
        }
        return each(ids.filter { !isActive($0) }.map { AWSCalls.updateCertificate($0, to: .active) })
            ?? .done(TargetOutcome(device: outcome(certificate: current, previous: previous)))
    }

    var description: TargetStep {
        if let step = thingStep { return step }
        guard work.hasThing else { return .done(TargetOutcome(device: nil)) }
        if let step = known { return step }
        let isIn = work.certificates.contains(where: isActive)
        return .done(
            TargetOutcome(
                device: outcome(
                    isIn ? .enabled : .disabled, certificate: current, previous: previous,
                    disabled: isIn ? [] : work.marked(AWSMark.disabled))))
    }

    var verification: TargetStep {
        if let step = thingStep { return step }
        guard let seen = work[AWSFact.seenAt] else {
            return .call(AWSCalls.searchIndex(query: "thingName:\"\(name)\"", limit: 1))
        }
        var device = outcome(certificate: work.marked(AWSMark.certificate).first)
        device.marks.merge(work.device.marks) { new, _ in new }
        return .done(
            TargetOutcome(device: device, seenAt: Int64(seen).map { Timestamp(milliseconds: $0) }))
    }
}
