import Model
package import TargetCore

/// The calls of the provisioning service's service plane. Source: DPS REST API 2021-10-01.
package struct DPSCalls: Equatable, Sendable {
    package var apiVersion: String

    package init(apiVersion: String) {
        self.apiVersion = apiVersion
    }

    /// Entries in one call; more are refused with TooManyEnrollments.
    package static let bulk = 10
    static let putName = "PUT /enrollments/{id}"

    // MARK: Entries of one device

    package func enrollment(_ id: RegistrationID) -> CloudCall {
        call("GET /enrollments/{id}", "GET", ["enrollments", id.rawValue])
    }

    /// Without an ETag it makes the entry, and one that is there is refused with 409. A body that holds keys is kept
    /// secret.
    package func put(_ entry: IndividualEnrollment, etag: ETag?, hasKeys: Bool = false) -> CloudCall {
        let path = ["enrollments", RegistrationID.lowered(entry.registrationId)]
        let body = CloudCall.json(entry)
        return call(
            Self.putName, "PUT", path, etag: etag, body: body, isSecret: hasKeys)
    }

    /// Makes the entry before anything is known of it; one that is there is refused with 409.
    package func create(_ entry: IndividualEnrollment) -> CloudCall {
        var call = put(entry, etag: nil)
        call.repeats = .creating
        return call
    }

    package func deleteEnrollment(_ id: RegistrationID, etag: ETag?) -> CloudCall {
        call("DELETE /enrollments/{id}", "DELETE", ["enrollments", id.rawValue], etag: etag)
    }

    package func keys(_ id: RegistrationID) -> CloudCall {
        call(
            "POST /enrollments/{id}/attestationmechanism", "POST",
            ["enrollments", id.rawValue, "attestationmechanism"])
    }

    package func queryEnrollments(_ query: String, page: DPSPage = DPSPage()) -> CloudCall {
        self.query("POST /enrollments/query", ["enrollments", "query"], query, page)
    }

    package func bulk(_ entries: BulkEnrollments) -> CloudCall {
        call("POST /enrollments", "POST", ["enrollments"], body: CloudCall.json(entries))
    }

    // MARK: Entries of groups

    package func group(_ id: String) -> CloudCall {
        call("GET /enrollmentGroups/{id}", "GET", ["enrollmentGroups", id])
    }

    package func put(_ group: EnrollmentGroup, etag: ETag?) -> CloudCall {
        call(
            "PUT /enrollmentGroups/{id}", "PUT", ["enrollmentGroups", group.enrollmentGroupId], etag: etag,
            body: CloudCall.json(group))
    }

    package func deleteGroup(_ id: String, etag: ETag?) -> CloudCall {
        call("DELETE /enrollmentGroups/{id}", "DELETE", ["enrollmentGroups", id], etag: etag)
    }

    package func groupKeys(_ id: String) -> CloudCall {
        call(
            "POST /enrollmentGroups/{id}/attestationmechanism", "POST",
            ["enrollmentGroups", id, "attestationmechanism"])
    }

    package func queryGroups(_ query: String, page: DPSPage = DPSPage()) -> CloudCall {
        self.query("POST /enrollmentGroups/query", ["enrollmentGroups", "query"], query, page)
    }

    package func bulk(_ groups: BulkEnrollmentGroups) -> CloudCall {
        call("POST /enrollmentGroups", "POST", ["enrollmentGroups"], body: CloudCall.json(groups))
    }

    // MARK: Records of registrations

    package func registration(_ id: RegistrationID) -> CloudCall {
        call("GET /registrations/{id}", "GET", ["registrations", id.rawValue])
    }

    package func deleteRegistration(_ id: RegistrationID, etag: ETag? = nil) -> CloudCall {
        call("DELETE /registrations/{id}", "DELETE", ["registrations", id.rawValue], etag: etag)
    }

    package func registrations(ofGroup id: String, page: DPSPage = DPSPage()) -> CloudCall {
        var call = call("POST /registrations/{id}/query", "POST", ["registrations", id, "query"])
        call.headers += page.headers
        return call
    }

    // MARK: Putting together

    private func query(_ name: String, _ path: [String], _ query: String, _ page: DPSPage) -> CloudCall {
        var call = call(name, "POST", path, body: CloudCall.json(QuerySpecification(query: query)))
        call.headers += page.headers
        return call
    }

    private func call(
        _ name: String, _ method: String, _ path: [String], etag: ETag? = nil, body: [UInt8] = [],
        isSecret: Bool = false
    ) -> CloudCall {
        .azure(
            name, plane: .dpsService, method: method, path: path, apiVersion: apiVersion, etag: etag,
            body: body,
            isSecret: isSecret)
    }
}

/// Which page of a long answer is asked for.
package struct DPSPage: Equatable, Sendable {
    /// Wished entries on a page; pages may be shorter.
    package var size: Int?
    /// What the answer before gave; opaque, and it may expire.
    package var continuation: String?

    package init(size: Int? = nil, continuation: String? = nil) {
        self.size = size
        self.continuation = continuation
    }

    /// The page after this one; `nil` when that was the last.
    package func next(after reply: CloudReply) -> DPSPage? {
        guard let token = reply.header("x-ms-continuation"), !token.isEmpty else { return nil }
        return DPSPage(size: size, continuation: token)
    }

    var headers: [CloudCall.Field] {
        var fields = [CloudCall.Field("Cache-Control", "no-cache")]
        if let size { fields.append(CloudCall.Field("x-ms-max-item-count", String(size))) }
        if let continuation { fields.append(CloudCall.Field("x-ms-continuation", continuation)) }
        return fields
    }
}

extension CloudCall {
    /// A call as all of Azure's planes take it: the version in the query, the record's version in `If-Match`.
    static func azure(
        _ name: String, plane: AzurePlane, method: String, path: [String], apiVersion: String,
        etag: ETag? = nil, body: [UInt8] = [], isSecret: Bool = false
    ) -> CloudCall {
        var headers = [Field("Accept", "application/json")]
        if !body.isEmpty { headers.append(jsonContent) }
        if let etag { headers.append(etag.ifMatch) }
        var call = CloudCall(
            name, plane: plane.name, method: method, path: path, query: [Field("api-version", apiVersion)],
            headers: headers, body: isSecret ? [] : body)
        if isSecret { call.secretBody = Redacted(body) }
        return call
    }

    /// Whether it changes a record of a known version, rather than making one.
    var isConditional: Bool { headers.contains { $0.name == "If-Match" } }
}
