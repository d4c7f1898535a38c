import Model
import TargetCore

/// Writes of entries as one call for up to ten of them. Source: DPS REST API 2021-10-01, `BulkEnrollmentOperation`.
///
/// Deletions go alone: the call for many takes no versions of what it deletes.
struct DPSJoining {
    let apiVersion: String

    func joining(of call: CloudCall) -> CallJoin? {
        guard call.name == DPSCalls.putName, call.path.count == 2, let mode = Self.mode(of: call)
        else { return nil }
        return CallJoin(
            row: "\(call.plane) \(mode.rawValue)", entry: call.path[1], most: DPSCalls.bulk)
    }

    func joined(_ calls: [CloudCall]) -> CloudCall? {
        guard let mode = calls.first.flatMap(Self.mode) else { return nil }
        let entries = calls.compactMap { call -> IndividualEnrollment? in
            var entry = openJSON(IndividualEnrollment.self, call.sentBody)
            if mode == .updateIfMatchETag { entry?.etag = call.matchedETag }
            return entry
        }
        guard entries.count == calls.count else { return nil }
        return DPSCalls(apiVersion: apiVersion).bulk(BulkEnrollments(mode: mode, enrollments: entries))
    }

    func parted(_ reply: CloudReply, of calls: [CloudCall]) -> [CloudReply]? {
        guard reply.status == 200, let result = openJSON(BulkEnrollmentResult.self, reply.body) else {
            return AzureJoining.meansEntries(reply) ? nil : calls.map { _ in reply }
        }
        let failures = Dictionary(
            (result.errors ?? []).compactMap { failure in
                failure.name.map { (RegistrationID.lowered($0), failure) }
            }
        ) { first, _ in first }
        // An answer that is not successful and names nobody is believed of none.
        if !result.isSuccessful, failures.isEmpty { return nil }
        return calls.map { call in
            failures[call.path[1]].map { refusal($0, reply) }
                ?? CloudReply(status: 200, headers: reply.headers, body: call.sentBody)
        }
    }

    /// An entry's error as the answer to a call of its own says it. A number that is none is a fault of the service.
    private func refusal(_ failure: BulkEnrollmentResult.Failure, _ reply: CloudReply) -> CloudReply {
        struct Body: Encodable {
            var errorCode: Int
            var message: String?
        }
        let code = failure.errorCode.flatMap { (400_000...599_999).contains($0) ? $0 : nil } ?? 500_000
        return CloudReply(
            status: code / 1000, headers: reply.headers,
            body: CloudCall.json(Body(errorCode: code, message: failure.errorStatus)))
    }

    /// What the call for many has to do with its entries to do what the call would have done; `nil` when it cannot.
    private static func mode(of call: CloudCall) -> BulkMode? {
        guard let condition = call.headers.first(where: { $0.name == "If-Match" })?.value else {
            return .create
        }
        if condition == ETag.any.ifMatch.value { return .update }
        return call.matchedETag == nil ? nil : .updateIfMatchETag
    }
}

extension CloudCall {
    /// The version of its `If-Match`, as bodies have it: without quotes; `nil` for a weak one, and for none.
    var matchedETag: String? {
        guard let condition = headers.first(where: { $0.name == "If-Match" })?.value,
            condition.hasPrefix("\""), condition.hasSuffix("\""), condition.utf8.count > 2
        else { return nil }
        return String(condition.dropFirst().dropLast())
    }
}
