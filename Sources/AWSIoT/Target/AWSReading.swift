import Model
import TargetCore

/// Reads one answer in the light of the work that it belongs to.
struct AWSReading {
    let target: AWSTarget
    let reply: CloudReply
    let call: CloudCall
    let work: TargetWork

    var settings: AWSSettings { target.settings }

    var result: TargetReading {
        guard (200..<300).contains(reply.status) else { return refusal }
        guard case .learned(var facts, let secrets) = success else { return success }
        // AWS's own clock; this machine's may be off.
        if work[AWSFact.began] == nil, let date = reply.header("Date").flatMap(HTTPDate.seconds) {
            facts[AWSFact.began] = String(date)
        }
        return .learned(facts, secrets: secrets)
    }

    private var success: TargetReading {
        switch call.name {
        case "DescribeEndpoint": endpoint
        case "DescribeThing": thing
        case "CreateThing": madeThing
        case "UpdateThing" where work.fault == nil: .learned([AWSFact.thingSet: AWSFact.done])
        case "ListThingPrincipals": principals
        case "ListPrincipalThings": things
        case "ListAttachedPolicies": policies
        case "ListThingGroupsForThing": groups
        case "CreateCertificateFromCsr", "RegisterCertificate", "RegisterCertificateWithoutCA":
            madeCertificate
        case "DescribeCertificate": certificate
        case "ListCertificates": certificates
        case "SearchIndex": connectivity
        default: isDone
        }
    }

    var isDone: TargetReading { .learned([work.key(of: call): AWSFact.done]) }
    var unreadable: TargetReading { .fault(AWSFaults.unreadable(reply, of: call.name)) }

    func own(_ fault: AWSOwnFault) -> TargetReading { .fault(fault.fault(of: work.device.name)) }

    private var endpoint: TargetReading {
        guard let host = AWSReplies.read(AWSReplies.Endpoint.self, reply)?.endpointAddress,
            !host.contains(":"), ServiceEndpoint("mqtts://\(host)") != nil
        else { return unreadable }
        return .learned([AWSFact.endpoint: host])
    }

    private var connectivity: TargetReading {
        guard let found = AWSReplies.read(AWSReplies.Found.self, reply)?.things else { return unreadable }
        guard let thing = found.first(where: { $0.thingName == work.device.name }) else {
            return .learned([AWSFact.seenAt: "never"])
        }
        guard let connectivity = thing.connectivity else { return own(.indexingOff) }
        guard let moment = connectivity.timestamp, moment > 0, moment < 1e15 else {
            return .learned([AWSFact.seenAt: "never"])
        }
        return .learned([AWSFact.seenAt: String(Int64(moment))])
    }
}
