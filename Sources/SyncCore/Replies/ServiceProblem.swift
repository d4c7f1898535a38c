package import Model

/// Why a registrar as a whole, or an operator's work with it, does not get through now. Every operation stays safe.
package enum ServiceProblem: Equatable, Hashable, Sendable, Explained {
    /// No connection, or it broke off.
    case unreachable(detail: String)
    /// Something answered that is not the registrar: a login page, a proxy, another server.
    case answeredBySomethingElse(status: Int)
    /// The server did not prove itself by the certificate authority that was pinned at pairing.
    case certificateNotTrusted(detail: String)
    /// A registrar answered, but not the paired one.
    case otherRegistrar(RegistrarID)
    /// The registrar speaks another version of the protocol.
    case protocolUnsupported(version: String)
    /// The registrar asked for time, or cannot answer.
    case busy(code: String, retryAfterSeconds: Int?)
    /// The registrar does not know who is asking, or no sign-in of this operator is kept here.
    case signedOut(OperatorID)
    case notAuthorised(OperatorID, TenantID)
    /// The registrar refuses this version of the program.
    case updateNeeded
    /// A receipt came whose signature or content does not fit; it was not believed.
    case receiptNotAccepted(ReceiptFault)
    /// The change feed could not be read; work that is sent is not touched by it.
    case feedUnreadable(TenantID, code: String)

    package var explanation: Explanation {
        switch self {
        case .unreachable(let detail):
            Explanation(
                id: "registrar_unreachable",
                what: "The registrar was not reached, saved work stays here: \(detail).",
                nextStep: "Find a network; it is tried again by itself while `muster sync --watch` runs.")
        case .answeredBySomethingElse(let status):
            Explanation(
                id: "captive_portal",
                what:
                    "This network answers in the registrar's place (status \(status)); saved work stays here.",
                nextStep: "Sign in to the network in a browser, or use another network.")
        case .certificateNotTrusted(let detail):
            Explanation(
                id: "registrar_not_trusted",
                what: "The server did not prove to be the paired registrar, nothing was sent: \(detail).",
                nextStep:
                    "Use another network; if it stays, ask the desk whether the registrar has a new certificate."
            )
        case .otherRegistrar(let registrar):
            Explanation(
                id: "other_registrar", what: "Another registrar answered, `\(registrar)`; nothing was sent.",
                nextStep: "Check the address, and pair again if the registrar was replaced.")
        case .protocolUnsupported(let version):
            Explanation(
                id: "protocol_unsupported",
                what: "The registrar speaks version `\(version)` of the protocol.",
                nextStep: "Update Muster; saved work stays.")
        case .busy(let code, let seconds):
            Explanation(
                id: "registrar_busy",
                what: seconds.map { "The registrar asked to wait \($0) s (\(code)); saved work stays here." }
                    ?? "The registrar cannot take work now (\(code)); saved work stays here.",
                nextStep: "Wait; it is tried again by itself.")
        case .signedOut(let operatorID):
            Explanation(
                id: "signed_out", kind: .notPermitted,
                what: "The registrar has no valid sign-in of \(operatorID); saved work waits.",
                nextStep: "Sign \(operatorID) in again, or pair with a fresh token.")
        case .notAuthorised(let operatorID, let tenant):
            Explanation(
                id: "not_authorised", kind: .notPermitted,
                what: "\(operatorID) may not do this for \(tenant); saved work waits.",
                nextStep: "Ask the desk for the right; it is tried again by itself.")
        case .updateNeeded:
            Explanation(
                id: "update_needed",
                what: "The registrar no longer takes work from this version; saved work waits.",
                nextStep: "Update Muster.")
        case .receiptNotAccepted(let fault):
            Explanation(
                id: "receipt_not_accepted", what: "A receipt was not believed: \(fault.sentence).",
                nextStep: "Keep the work as it is and tell support; it is asked about again.")
        case .feedUnreadable(let tenant, let code):
            Explanation(
                id: "feed_unreadable", what: "The lists of \(tenant) were not brought up to date (\(code)).",
                nextStep: "Sync again later; sending is not affected.")
        }
    }
}

/// Why a receipt does not count.
package enum ReceiptFault: String, Equatable, Hashable, CaseIterable, Sendable {
    case signature
    case unreadable
    case otherRegistrar = "other_registrar"
    case otherOperation = "other_operation"
    case otherPayload = "other_payload"

    package var sentence: String {
        switch self {
        case .signature: "no key of the paired registrar verifies its signature"
        case .unreadable: "its content is not that of a receipt"
        case .otherRegistrar: "it names another registrar"
        case .otherOperation: "it names another operation"
        case .otherPayload: "it names other content than was sent"
        }
    }
}
