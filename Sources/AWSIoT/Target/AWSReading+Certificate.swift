import Model
import TargetCore

/// What answers about certificates teach.
extension AWSReading {
    /// Clocks within AWS may differ by that much.
    private static let clockSlackSeconds = 300.0
    /// Ten thousand certificates since the work began; a look ends there.
    private static let limitPages = 40
    private static let creation = "CreateCertificateFromCsr"

    var madeCertificate: TargetReading {
        guard let made = AWSReplies.read(AWSReplies.NewCertificate.self, reply),
            let id = made.certificateId, AWSName.isCertificateID(id)
        else { return unreadable }
        var facts = known(id, arn: made.certificateArn, origin: AWSFact.made)
        facts[AWSFact.certificatePEM] = made.certificatePem
        if call.name == Self.creation, made.certificatePem == nil { return unreadable }
        return .learned(facts)
    }

    func known(_ id: String, arn: String?, origin: String) -> [String: String] {
        let name = AWSName(.certificate, id, endpoint: settings.endpoint, account: settings.accountID)
        let given = arn.flatMap { AWSName($0)?.certificateID == id ? $0 : nil }
        return [
            AWSFact.certificate: id, AWSFact.certificateARN: given ?? name.description,
            AWSFact.origin: origin,
        ]
    }

    /// The id that the call asked for.
    private var asked: String { call.path.last ?? "" }

    private var isCandidate: Bool { work.list(AWSFact.lookTodo).first == asked }

    var certificate: TargetReading {
        guard
            let certificate = AWSReplies.read(AWSReplies.CertificateDescription.self, reply)?
                .certificateDescription,
            certificate.certificateId == asked, let status = certificate.status
        else { return unreadable }
        if isCandidate { return looked(at: certificate) }
        var facts = [AWSFact.status(asked): status]
        guard work.intent == .provision || work.intent == .rotate, work[AWSFact.certificate] == nil,
            isOfDevice(certificate) || asked == AWSTarget.brought(work.device)
        else { return .learned(facts) }
        if status == AWSCertificateStatus.revoked.rawValue { return own(.revoked) }
        facts.merge(known(asked, arn: certificate.certificateArn, origin: AWSFact.found)) { _, new in new }
        facts[AWSFact.certificatePEM] = certificate.certificatePem
        return .learned(facts)
    }

    /// Whether it is of the device's key or, when another has issued, the very certificate.
    private func isOfDevice(_ certificate: AWSReplies.Certificate) -> Bool {
        guard let pem = certificate.certificatePem, let theirs = target.facts(pem).first,
            let proof = target.proof(of: work.device), let ours = target.facts(proof).first
        else { return false }
        return settings.issuer == .aws
            ? theirs.publicKeyHash == ours.publicKeyHash : theirs.fingerprint == ours.fingerprint
    }

    /// A page of the newest: those that may be of this work are read one by one.
    var certificates: TargetReading {
        guard let page = AWSReplies.read(AWSReplies.Certificates.self, reply),
            let certificates = page.certificates
        else { return unreadable }
        let since =
            work[AWSFact.began].flatMap { Double($0) }.map { $0 - Self.clockSlackSeconds } ?? 0
        let new = certificates.filter { ($0.creationDate ?? .infinity) >= since }
        let ids = new.filter { $0.status == AWSCertificateStatus.inactive.rawValue }
            .compactMap(\.certificateId)
            .filter { AWSName.isCertificateID($0) && !work.certificates.contains($0) }
        let pages = (work[AWSFact.lookPages].flatMap { Int($0) } ?? 0) + 1
        let isLast =
            page.nextMarker == nil || new.count < certificates.count || pages >= Self.limitPages
        return ends([
            AWSFact.lookTodo: ids.joined(separator: ","), AWSFact.lookPages: String(pages),
            AWSFact.lookNext: page.nextMarker ?? "", AWSFact.lookDone: isLast ? AWSFact.done : "",
            AWSFact.lookFound: work[AWSFact.lookFound] ?? "",
        ])
    }

    private func looked(at certificate: AWSReplies.Certificate) -> TargetReading {
        var found = work.list(AWSFact.lookFound)
        guard isOfDevice(certificate) else { return ends(rest(found)) }
        found.append(asked)
        var facts = rest(found)
        if work[AWSFact.certificate] == nil { facts[AWSFact.certificatePEM] = certificate.certificatePem }
        return ends(facts)
    }

    /// A candidate that has gone meanwhile.
    var goneCandidate: TargetReading? {
        isCandidate ? ends(rest(work.list(AWSFact.lookFound))) : nil
    }

    private func rest(_ found: [String]) -> [String: String] {
        [
            AWSFact.lookTodo: work.list(AWSFact.lookTodo).dropFirst().joined(separator: ","),
            AWSFact.lookDone: work[AWSFact.lookDone] ?? "", AWSFact.lookFound: found.joined(separator: ","),
        ]
    }

    /// When nothing is left to look at, the look has an end: the certificate is known, or may be made again, or its
    /// doubles are known. The orphans of a look are gone before its certificate is let in.
    private func ends(_ facts: [String: String]) -> TargetReading {
        guard facts[AWSFact.lookTodo]?.isEmpty != false, facts[AWSFact.lookDone] == AWSFact.done else {
            return .learned(facts)
        }
        let found = facts[AWSFact.lookFound]?.split(separator: ",").map(String.init) ?? []
        var ended = facts
        for fact in [
            AWSFact.lookTodo, AWSFact.lookPages, AWSFact.lookNext, AWSFact.lookDone, AWSFact.lookFound,
        ] { ended[fact] = "" }
        ended[AWSFact.doubt] = "yes"
        guard work[AWSFact.certificate] == nil, work.fault == nil else {
            ended[AWSFact.swept] = AWSFact.done
            ended[AWSFact.orphans] = found.joined(separator: ",")
            return .learned(ended)
        }
        ended[TargetWork.lookedPrefix + Self.creation] = found.isEmpty ? "nothing" : "found"
        // The oldest: a list starts with the newest. Its PEM is the last that was read.
        if let id = found.last {
            ended.merge(known(id, arn: nil, origin: AWSFact.made)) { _, new in new }
        }
        return .learned(ended)
    }
}
