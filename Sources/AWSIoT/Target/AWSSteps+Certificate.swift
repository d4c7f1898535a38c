import Model
import TargetCore

/// Having the one certificate of a work, whatever answers were lost.
extension AWSSteps {
    private static let creation = "CreateCertificateFromCsr"

    /// Reads a certificate that was handed over, before anything is made for it.
    var broughtStep: TargetStep? {
        guard work[AWSFact.certificate] == nil, let id = AWSTarget.brought(work.device) else { return nil }
        return status(id) == nil
            ? .call(AWSCalls.describeCertificate(id)) : refused(.certificateMissing)
    }

    var certificateStep: TargetStep? {
        guard work[AWSFact.certificate] == nil, let pem = target.proof(of: work.device) else { return nil }
        switch settings.issuer {
        case .aws:
            return work.isInDoubt(Self.creation)
                ? lookStep : .call(AWSCalls.createCertificateFromCsr(pem))
        case .registrar, .authority:
            guard let id = target.facts(pem).first?.fingerprint.rawValue else { return refused(.proof) }
            // It is known by its hash, so that it can be asked for before AWS is told of it.
            guard status(id) == AWSFact.absent else { return .call(AWSCalls.describeCertificate(id)) }
            return .call(
                settings.issuer == .registrar
                    ? AWSCalls.registerCertificateWithoutCA(pem)
                    : AWSCalls.registerCertificate(pem, authority: settings.authorityCertificate))
        }
    }

    /// Looks through the newest certificates for those of the device's key; `nil` when all have been looked at.
    var lookStep: TargetStep? {
        if let id = work.list(AWSFact.lookTodo).first { return asked(AWSCalls.describeCertificate(id)) }
        guard work[AWSFact.lookDone] == nil else { return nil }
        return asked(AWSCalls.listCertificates(marker: work[AWSFact.lookNext]))
    }

    /// Takes away certificates that lost answers have left behind.
    var sweepStep: TargetStep? {
        guard work[AWSFact.doubt] != nil || work.fault != nil && work.sent == Self.creation else {
            return nil
        }
        if work[AWSFact.swept] == nil { return lookStep }
        return each(
            work.list(AWSFact.orphans).filter { $0 != work[AWSFact.certificate] }
                .map { AWSCalls.deleteCertificate($0) })
    }
}
