package import TargetCore

extension AzureDPSTarget {
    package func reading(of reply: CloudReply, to call: CloudCall, in work: TargetWork) -> TargetReading {
        let reading = DPSReading(reply: reply, call: call, work: work)
        switch call.name {
        case "GET /enrollments/{id}": return reading.enrollment()
        case DPSCalls.putName: return reading.written()
        case "DELETE /enrollments/{id}":
            return reading.deleted(AzureFact.goneEnrollment, AzureFact.enrollment)
        case "POST /enrollments/{id}/attestationmechanism": return reading.keys(.enrollment)
        case "GET /enrollmentGroups/{id}": return reading.group()
        case "PUT /enrollmentGroups/{id}": return reading.groupWritten()
        case "POST /enrollmentGroups/{id}/attestationmechanism": return reading.keys(.group)
        case "GET /registrations/{id}": return reading.registration()
        case "DELETE /registrations/{id}":
            return reading.deleted(AzureFact.goneRegistration, AzureFact.registration)
        case "GET /devices/{id}", HubCalls.putName, "DELETE /devices/{id}":
            return HubReading(reply: reply, call: call, work: work).device()
        default: return .fault(AzureFaults.notUnderstood(reply, call))
        }
    }
}
