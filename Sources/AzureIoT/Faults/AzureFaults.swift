import Model
package import TargetCore

/// Azure's refusals in Muster's words.
package enum AzureFaults {
    /// The longest that an answer may hold a work up, whatever it asks for.
    static let longestRetryAfterSeconds = 3600

    /// What a refusal means.
    package static func read(_ reply: CloudReply, plane: AzurePlane?) -> TargetFault {
        let body = AzureErrorBody(reading: reply)
        let known: AzureCode? =
            switch plane {
            case .iotHub: code(body, reply.status, in: HubCodes.all)
            case .dpsDevice: device(body, reply.status)
            case .dpsService, nil: code(body, reply.status, in: DPSCodes.all)
            }
        var fault =
            known.map { TargetFault($0, theirs: theirs(body, reply.status), says: body.message) }
            ?? unknown(reply, body)
        fault.requestID = body.trackingID.map { visible($0, 100) }
        fault.retryAfterSeconds = retryAfter(reply)
        if reply.status >= 500 { fault.mayHaveActed = true }
        return fault
    }

    /// Why a registration that the service took up has failed; `nil` when it has not.
    package static func of(_ state: DeviceRegistrationState) -> TargetFault? {
        let body = AzureErrorBody(
            number: state.errorCode,
            message: state.errorMessage.flatMap { AzureErrorBody(text: Array($0.utf8)).message }
                ?? state.errorMessage)
        if state.status == .disabled {
            return TargetFault(DeviceCodes.disabled, theirs: "disabled", says: nil)
        }
        guard state.status == .failed else { return nil }
        let status = (body.number ?? 0) / 1000
        if let known = device(body, status) {
            return TargetFault(known, theirs: theirs(body, status), says: body.message)
        }
        return TargetFault(
            code: "azure_registration_failed", theirs: theirs(body, status),
            what: "The device's registration failed" + quoted(body.message),
            nextStep: "Read what the service says of it, mend it, and have the device register again.",
            retry: .afterMending)
    }

    /// An answer that is none of Azure's, or of no form that is known.
    package static func notUnderstood(_ reply: CloudReply, _ call: CloudCall) -> TargetFault {
        TargetFault(
            code: "azure_answer_not_understood", theirs: String(reply.status),
            what: "The answer to \(call.name) has no form that is known; what was asked may have been done",
            nextStep:
                "Nothing; it is looked at again. When it stays, see what stands between registrar and Azure.",
            retry: .later, requestID: reply.header("x-ms-request-id").map { visible($0, 100) },
            mayHaveActed: true)
    }

    // MARK: Finding

    private static func code(_ body: AzureErrorBody, _ status: Int, in codes: [AzureCode]) -> AzureCode? {
        if let number = body.number, let known = codes.first(where: { $0.number == number }) { return known }
        if let name = body.name, let known = codes.first(where: { $0.name == name }) { return known }
        // The families that count by their status alone.
        switch status {
        case 412, 415, 429: return codes.first { $0.number / 1000 == status }
        case 500...599: return codes.first { $0.number == 500_000 }
        case 401 where body.number == nil && body.name == nil:
            return codes.first { $0.number / 1000 == status }
        default: return nil
        }
    }

    private static func device(_ body: AzureErrorBody, _ status: Int) -> AzureCode? {
        guard status == 401 || body.number.map({ $0 / 1000 == 401 }) == true else {
            return code(body, status, in: DPSCodes.all)
        }
        let message = RegistrationID.lowered(body.message ?? "")
        return DeviceCodes.messages.first { message.contains($0.part) }?.meaning ?? DeviceCodes.unauthorized
    }

    private static func unknown(_ reply: CloudReply, _ body: AzureErrorBody) -> TargetFault {
        guard body != AzureErrorBody(trackingID: body.trackingID), (400...499).contains(reply.status) else {
            return TargetFault(
                code: "azure_answer_unknown", theirs: String(reply.status),
                what:
                    "Something answered with status \(reply.status) that is no answer of Azure's; "
                    + "nothing is known "
                    + "of what was asked",
                nextStep:
                    "Check the address, and what stands between registrar and Azure; it is asked again.",
                retry: .later, mayHaveActed: true)
        }
        return TargetFault(
            code: "azure_refused", theirs: theirs(body, reply.status),
            what: "Azure refused, for a reason that Muster does not know" + quoted(body.message),
            nextStep: "Nothing was changed by it. Look its code up in Azure's documentation, then try again.",
            retry: retry(ofStatus: reply.status))
    }

    /// A code that is not known is judged by its status: rights can be mended, and races be read again.
    private static func retry(ofStatus status: Int) -> TargetFault.Retry {
        switch status {
        case 401, 403, 407: .afterMending
        case 408, 425: .later
        case 404, 409, 412: .rereading
        default: .never
        }
    }

    // MARK: Words

    private static func theirs(_ body: AzureErrorBody, _ status: Int) -> String {
        body.number.map(String.init) ?? body.name ?? String(status)
    }

    static func quoted(_ message: String?) -> String {
        guard let message, !message.isEmpty else { return "" }
        return ": “\(visible(message, 200))”"
    }

    private static func visible(_ text: String, _ longest: Int) -> String {
        VisibleText.of(String(text.prefix(longest)))
    }

    private static func retryAfter(_ reply: CloudReply) -> Int? {
        guard let text = reply.header("Retry-After"), let seconds = Int(text), seconds >= 0 else {
            return nil
        }
        return min(seconds, longestRetryAfterSeconds)
    }
}

extension TargetFault {
    /// A known code; what Azure says is added where it names the value at fault.
    init(_ known: AzureCode, theirs: String, says message: String?) {
        let quotes = (400_000...400_999).contains(known.number)
        self.init(
            code: known.code, theirs: theirs, what: known.what + (quotes ? AzureFaults.quoted(message) : ""),
            nextStep: known.nextStep, retry: known.retry)
    }
}
