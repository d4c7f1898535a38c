package import TargetCore

/// A piece of work at AWS that is no device's provisioning, as a value that says what is next.
///
/// Whoever performs it keeps it before a call that would double something and after every answer, so that work that was
/// cut off anywhere goes on from what is kept.
package protocol AWSExchange: Codable, Equatable, Sendable {
    var move: AWSMove { get }

    /// A call is about to be sent.
    mutating func willSend(_ call: CloudCall)

    /// Takes an answer in; gives the fault when it was one, to be tried again if its retry says so.
    @discardableResult
    mutating func take(_ reply: CloudReply, of call: CloudCall) -> TargetFault?

    /// No answer came, and the call may have been carried out.
    mutating func loseAnswer(of call: CloudCall)

    /// A certificate was signed as `AWSMove.sign` asked.
    mutating func take(verification pem: String)

    /// A pause is over.
    mutating func wake()
}

/// What an exchange does next.
package enum AWSMove: Equatable, Sendable {
    case call(CloudCall, CertificateTransfer.Side)
    case wait(seconds: Int, reason: String)
    /// Sign a certificate with the authority's key whose common name is this code.
    case sign(code: String)
    case done
    case refused(TargetFault)
}

extension AWSExchange {
    package mutating func willSend(_ call: CloudCall) {}
    package mutating func loseAnswer(of call: CloudCall) {}
    package mutating func take(verification pem: String) {}
    package mutating func wake() {}
}

extension AuthorityRegistration: AWSExchange {
    package var move: AWSMove {
        switch step {
        case .call(let call): .call(call, .source)
        case .signCode(let code): .sign(code: code)
        case .done: .done
        case .refused(let fault): .refused(fault)
        }
    }

    package mutating func take(verification pem: String) { verification = pem }
}

extension BulkRegistration: AWSExchange {
    package var move: AWSMove {
        if let pause, case .wait(let seconds, let reason) = pause {
            return .wait(seconds: seconds, reason: reason)
        }
        return switch step {
        case .call(let call): .call(call, .source)
        case .wait(let seconds, let reason): .wait(seconds: seconds, reason: reason)
        case .done: .done
        case .refused(let fault): .refused(fault)
        }
    }
}

extension CertificateTransfer: AWSExchange {
    package var move: AWSMove {
        switch step {
        case .call(let call, let side): .call(call, side)
        case .done: .done
        case .refused(let fault): .refused(fault)
        }
    }
}
