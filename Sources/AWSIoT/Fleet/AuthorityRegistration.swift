package import TargetCore

/// Making an authority known in an account, so that its devices register themselves or are registered by it.
///
/// Between asking for the account's code and proving to hold the authority's key lies a certificate that somebody else
/// signs: the step gives the code for its common name.
package struct AuthorityRegistration: Codable, Equatable, Sendable {
    package enum Step: Equatable, Sendable {
        case call(CloudCall)
        /// Sign a certificate with the authority's key whose common name is this code, and set `verification`.
        case signCode(String)
        case done(certificateID: String)
        case refused(TargetFault)
    }

    package var authorityPEM: String
    /// Whether no proof of the key is asked, and only devices that name their endpoint are served.
    package var isByNameOnly: Bool
    package var registersItself: Bool
    package var config: AWSRegistrationConfig?
    /// PEM that answers `signCode`.
    package var verification: String?
    package private(set) var code: String?
    package private(set) var certificateID: String?
    package private(set) var fault: TargetFault?

    package init(
        authorityPEM: String, isByNameOnly: Bool = false, registersItself: Bool = false,
        config: AWSRegistrationConfig? = nil
    ) {
        self.authorityPEM = authorityPEM
        self.isByNameOnly = isByNameOnly
        self.registersItself = registersItself
        self.config = config
    }

    package var step: Step {
        if let fault { return .refused(fault) }
        if let certificateID { return .done(certificateID: certificateID) }
        if !isByNameOnly {
            guard let code else { return .call(AWSCalls.getRegistrationCode) }
            guard verification != nil else { return .signCode(code) }
        }
        return .call(
            AWSCalls.registerCACertificate(
                authorityPEM, verification: isByNameOnly ? nil : verification, isActive: true,
                registersItself: registersItself, config: config))
    }

    /// Takes an answer in; gives the fault when it was one, to be tried again if its retry says so.
    ///
    /// A code that has changed under way makes a new verification certificate necessary.
    @discardableResult
    package mutating func take(_ reply: CloudReply, of call: CloudCall) -> TargetFault? {
        guard (200..<300).contains(reply.status) else { return refuse(AWSError(reply), call) }
        switch call.name {
        case "GetRegistrationCode":
            guard let code = AWSReplies.read(AWSReplies.RegistrationCode.self, reply)?.registrationCode,
                !code.isEmpty
            else { return AWSFaults.unreadable(reply, of: call.name) }
            self.code = code
        case "RegisterCACertificate":
            guard let id = AWSReplies.read(AWSReplies.NewCertificate.self, reply)?.certificateId else {
                return AWSFaults.unreadable(reply, of: call.name)
            }
            certificateID = id
        default: break
        }
        return nil
    }

    private mutating func refuse(_ error: AWSError, _ call: CloudCall) -> TargetFault? {
        // The very authority is registered already: of an answer that was lost, or by somebody else.
        if error.type == "ResourceAlreadyExistsException", let id = error.resourceID {
            certificateID = id
            return nil
        }
        let fault = AWSFaults.fault(error, of: call.name)
        if error.type == "RegistrationCodeValidationException" {
            (code, verification) = (nil, nil)
        } else if fault.retry == .never {
            self.fault = fault
        }
        return fault
    }
}
