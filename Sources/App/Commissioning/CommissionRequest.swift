import Intake
import Model

/// What the installer wants for one device.
struct CommissionRequest: Sendable {
    var device: CapturedDevice
    var tenant: TenantID
    var site: SiteID?
    var position: String?
    /// The work order that it is done under.
    var job: JobID?
    /// What the job had to say of it.
    var jobFindings: [CommissioningFinding] = []
    /// PKCS #10 request of the device's own key, DER.
    var certificateRequest: [UInt8]?
    /// How the key of the request was made.
    var keyOrigin: KeyOrigin?
    /// The key that Muster made for it, where it cannot make its own.
    var madeKey: MadeKey?
    /// What the device proves itself by instead of a certificate: its TPM, or a key that its target makes.
    var attestation: Attestation?
    /// What opens the key that its target makes.
    var returnKey: ReturnKey?
    /// Where it is to be provisioned; `nil` lets placement decide.
    var target: TargetID?

    /// What is to be had for it; `nil` when it is claimed alone.
    var provision: OperationBody.Provision? {
        let own = certificateRequest.map { Attestation.certificateRequest(Base64.encode($0)) }
        return (attestation ?? own).map {
            OperationBody.Provision(attestation: $0, keyOrigin: keyOrigin, target: target)
        }
    }

    /// The kinds of operation that this takes.
    var wanted: Set<OperationBody.Kind> {
        var kinds: Set<OperationBody.Kind> = [.claim]
        if provision != nil { kinds.insert(.provision) }
        if site != nil, position != nil { kinds.insert(.place) }
        return kinds
    }
}
