import AWSIoT
import AzureIoT
import Model
import TargetCore

/// A call that changes nothing and shows whether the registrar has one right at a target.
struct TargetProbe {
    /// The right as the cloud calls it.
    var right: String
    /// What it is needed for, in a few words.
    var purpose: String
    var call: CloudCall
    /// Statuses that show that the call was let through, besides 200 and 204: what it names is not there, or is no good.
    var passes: Set<Int>
    /// What is missing when the answer is 404, where that means something.
    var missing: String?

    init(
        _ right: String, for purpose: String, _ call: CloudCall, passes: Set<Int> = [404],
        missing: String? = nil
    ) {
        self.right = right
        self.purpose = purpose
        self.call = call
        self.passes = passes
        self.missing = missing
    }

    /// A name that no device has.
    private static let nobody = "muster-check-0"

    static func all(of settings: TargetSettings) -> [TargetProbe] {
        switch settings.cloud {
        case .azureDPS(let azure):
            service(azure) + azure.hubs.flatMap { hub($0.host, azure.apiVersions.hub) }
        case .iotHub(let azure): hub(azure.host, azure.apiVersion)
        case .aws(let aws): things(aws)
        }
    }

    private static func service(_ settings: AzureDPSSettings) -> [TargetProbe] {
        guard let id = RegistrationID(lowering: nobody) else { return [] }
        let calls = DPSCalls(apiVersion: settings.apiVersions.service)
        var probes = [
            TargetProbe("EnrollmentRead", for: "looking before anything is changed", calls.enrollment(id)),
            TargetProbe("EnrollmentWrite", for: "entering devices", calls.deleteEnrollment(id, etag: .any)),
            TargetProbe(
                "RegistrationStatusRead", for: "seeing which hub a device got", calls.registration(id)),
            TargetProbe(
                "RegistrationStatusWrite", for: "removing devices for good", calls.deleteRegistration(id)),
        ]
        if let group = settings.enrolment.group {
            probes.append(
                TargetProbe(
                    "EnrollmentRead", for: "the enrollment group \(group)", calls.group(group),
                    passes: settings.enrolment.makesGroup ? [404] : [],
                    missing: "There is no enrollment group \(group)."))
        }
        return probes
    }

    private static func hub(_ host: String, _ version: String) -> [TargetProbe] {
        let calls = HubCalls(host: host, apiVersion: version)
        return [
            TargetProbe("RegistryRead", for: "looking at devices of \(host)", calls.device(nobody)),
            TargetProbe(
                "RegistryReadWrite", for: "entering and cutting off devices",
                calls.delete(nobody, etag: .anyAtHub)),
            TargetProbe("ServiceConnect", for: "tags of devices", calls.twin(nobody)),
        ]
    }

    private static func things(_ settings: AWSSettings) -> [TargetProbe] {
        let certificate = String(repeating: "0", count: 64)
        var probes = [
            TargetProbe("iot:DescribeEndpoint", for: "the devices' endpoint", AWSCalls.describeEndpoint()),
            TargetProbe(
                "iot:GetPolicy", for: "the policy \(settings.policy)", AWSCalls.getPolicy(settings.policy),
                passes: [], missing: "There is no policy \(settings.policy)."),
            TargetProbe("iot:DescribeThing", for: "looking at devices", AWSCalls.describeThing(nobody)),
            TargetProbe("iot:DeleteThing", for: "removing devices", AWSCalls.deleteThing(nobody)),
            TargetProbe(
                "iot:DescribeCertificate", for: "looking at certificates",
                AWSCalls.describeCertificate(certificate)),
            TargetProbe(
                "iot:UpdateCertificate", for: "letting certificates in",
                AWSCalls.updateCertificate(certificate, to: .inactive)),
        ]
        if settings.issuer == .aws {
            probes.append(
                TargetProbe(
                    "iot:CreateCertificateFromCsr", for: "having certificates issued",
                    AWSCalls.createCertificateFromCsr("none"), passes: [400]))
        }
        if let type = settings.thingType {
            probes.append(
                TargetProbe(
                    "iot:DescribeThingType", for: "the thing type \(type)", AWSCalls.describeThingType(type),
                    passes: [], missing: "There is no thing type \(type)."))
        }
        for group in settings.groups {
            probes.append(
                TargetProbe(
                    "iot:DescribeThingGroup", for: "the thing group \(group)",
                    AWSCalls.describeThingGroup(group), passes: [],
                    missing: "There is no thing group \(group)."))
        }
        return probes
    }
}
