import Model

/// What AWS asks a function before it provisions a device, and the answer. Source: AWS IoT developer guide,
/// "Pre-provisioning hooks".
package struct AWSProvisioningQuestion: Codable, Equatable, Sendable {
    package var claimCertificateId: String?
    package var certificateId: String?
    package var certificatePem: String?
    package var templateArn: String?
    package var clientId: String?
    package var parameters: [String: String]?

    /// The answer, and why, for the function's log.
    package struct Answer: Equatable, Sendable {
        package var allows: Bool
        package var reason: String
        package var parameterOverrides: [String: String] = [:]

        private struct Body: Encodable {
            var allowProvisioning: Bool
            var parameterOverrides: [String: String]
        }

        package var json: [UInt8] {
            do {
                return try CanonicalJSON.encode(
                    Body(allowProvisioning: allows, parameterOverrides: parameterOverrides))
            } catch {
                preconditionFailure("texts and truth values always encode: \(error)")
            }
        }
    }

    /// Lets a device in whose serial number is on the job and that nobody has provisioned yet; anything unclear is no.
    ///
    /// `serials` are those of the job, each with what the device's parameters are to be replaced by; `provisioned` those
    /// that have been let in before, each with the certificate that it was for.
    package static func answer(
        to payload: [UInt8], parameter: String = "SerialNumber", serials: [String: [String: String]],
        provisioned: [String: String] = [:]
    ) -> Answer {
        guard let question = try? CanonicalJSON.decode(AWSProvisioningQuestion.self, from: payload) else {
            return Answer(allows: false, reason: "The question is not of the form that AWS asks.")
        }
        guard let serial = question.parameters?[parameter], !serial.isEmpty else {
            return Answer(allows: false, reason: "The device did not say its \(parameter).")
        }
        guard let overrides = serials[serial] else {
            return Answer(
                allows: false, reason: "The serial number \(VisibleText.of(serial)) is not on the job.")
        }
        if let certificate = provisioned[serial], certificate != question.certificateId {
            return Answer(
                allows: false,
                reason:
                    "The serial number \(VisibleText.of(serial)) was provisioned before with another certificate."
            )
        }
        return Answer(allows: true, reason: "It is on the job.", parameterOverrides: overrides)
    }
}
