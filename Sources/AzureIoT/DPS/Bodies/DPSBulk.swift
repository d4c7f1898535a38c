/// Entries of up to ten devices in one call.
package struct BulkEnrollments: Codable, Equatable, Sendable {
    package var mode: BulkMode
    package var enrollments: [IndividualEnrollment]

    package init(mode: BulkMode, enrollments: [IndividualEnrollment]) {
        self.mode = mode
        self.enrollments = enrollments
    }
}

/// Up to ten groups in one call.
package struct BulkEnrollmentGroups: Codable, Equatable, Sendable {
    package var mode: BulkMode
    package var enrollmentGroups: [EnrollmentGroup]

    package init(mode: BulkMode, enrollmentGroups: [EnrollmentGroup]) {
        self.mode = mode
        self.enrollmentGroups = enrollmentGroups
    }
}

/// The answer to a call for many: those that no error names were done, also when it was not successful as a
/// whole.
package struct BulkEnrollmentResult: Codable, Equatable, Sendable {
    package struct Failure: Codable, Equatable, Sendable {
        package var registrationId: String?
        package var enrollmentGroupId: String?
        package var errorCode: Int?
        package var errorStatus: String?

        package init(registrationId: String?, errorCode: Int?, errorStatus: String? = nil) {
            self.registrationId = registrationId
            self.errorCode = errorCode
            self.errorStatus = errorStatus
        }

        package var name: String? { registrationId ?? enrollmentGroupId }
    }

    package var isSuccessful: Bool
    package var errors: [Failure]?

    package init(isSuccessful: Bool, errors: [Failure]? = nil) {
        self.isSuccessful = isSuccessful
        self.errors = errors
    }

    /// Of these names, those that were done. An answer that is not successful and names nobody is believed
    /// of none.
    package func done(of names: [String]) -> [String] {
        let failed = Set((errors ?? []).compactMap { $0.name.map(RegistrationID.lowered) })
        if failed.isEmpty, !isSuccessful { return [] }
        return names.filter { !failed.contains(RegistrationID.lowered($0)) }
    }
}

/// A question in Azure's query language.
package struct QuerySpecification: Codable, Equatable, Sendable {
    package var query: String

    package init(query: String) {
        self.query = query
    }
}
