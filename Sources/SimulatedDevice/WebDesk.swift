package import HTTPServer
package import HandOver
internal import Model

/// A simulated device that takes asks over HTTP, one after the other.
package actor WebDesk {
    private let device: SimulatedDevice
    /// Told which asks were answered by something else than a refusal.
    private let answered: @Sendable (Ask.Kind) -> Void

    package init(_ device: SimulatedDevice, answered: @escaping @Sendable (Ask.Kind) -> Void = { _ in }) {
        self.device = device
        self.answered = answered
    }

    /// Bytes of a request's body that are taken.
    package static let bodyLimit = HandOverLimits.lineBytes + 16
    private static let contentType = "application/vnd.muster.hand-over"

    package func answer(_ request: HTTPRequest) -> HTTPResponse {
        guard request.path == WebAddress.servicePath else { return HTTPResponse(status: 404) }
        guard request.method == "POST" else {
            return HTTPResponse(status: 405, headers: [HTTPHeader("Allow", "POST")])
        }
        // A page in somebody's browser cannot send this type without asking first.
        guard request.header("content-type") == Self.contentType else { return HTTPResponse(status: 415) }
        do { return try answer(request.body) } catch { return HTTPResponse(status: 500) }
    }

    private func answer(_ body: [UInt8]) throws -> HTTPResponse {
        var reader = LineReader()
        let answer: NumberedAnswer
        switch reader.take(body + [0x0A]).first {
        case .line(let json)?: answer = self.answer(json)
        case .damaged?: answer = NumberedAnswer(sequence: 0, answer: .again)
        case nil: return HTTPResponse(status: 400)
        }
        return HTTPResponse(
            status: 200,
            headers: [HTTPHeader("Content-Type", Self.contentType), HTTPHeader("Cache-Control", "no-store")],
            body: try ProtocolLine.encode(answer))
    }

    private func answer(_ json: [UInt8]) -> NumberedAnswer {
        guard let ask = try? CanonicalJSON.decode(NumberedAsk.self, from: json) else {
            let number = try? CanonicalJSON.decode(NumberAlone.self, from: json)
            return NumberedAnswer(
                sequence: number?.seq ?? 0,
                answer: .refusal(Answer.Refusal(.unknownAsk, "the ask must be one of version 1")))
        }
        let answer = device.answer(ask.ask)
        if answer.kind != .refusal { answered(ask.ask.kind) }
        return NumberedAnswer(sequence: ask.sequence, answer: answer)
    }

    private struct NumberAlone: Decodable {
        var seq: Int
    }
}
