import CommandTable
import Credentials
import Model
import Sync
import SyncCore
import Wire

/// Asks one registrar, as one operator, questions with immediate answers: lookups and administration.
///
/// Operations never go this way; they go through the outbox.
struct RegistrarClient: Sendable {
    let transport: any Transport
    let token: Redacted<String>?

    /// - Throws: `CommandFailure`, with what the registrar said or why it was not reached.
    func get<Reply: Decodable & Equatable & Sendable>(_ route: Route, as type: Reply.Type = Reply.self)
        async throws -> Reply
    {
        try await ask(route.request(token: token))
    }

    func post<Reply: Decodable & Equatable & Sendable>(
        _ body: some Encodable, to route: Route, as type: Reply.Type = Reply.self
    ) async throws -> Reply {
        try await ask(route.request(token: token, body: try CanonicalJSON.encode(body)))
    }

    /// A body that holds a secret, in JSON.
    func post<Reply: Decodable & Equatable & Sendable>(
        secret body: SecretBytes, to route: Route, as type: Reply.Type = Reply.self
    ) async throws -> Reply {
        var request = route.request(token: token)
        request.secretBody = SecretBody(body)
        return try await ask(request)
    }

    private func ask<Reply: Decodable & Equatable & Sendable>(_ request: APIRequest) async throws -> Reply {
        switch ReplyReader.read(Reply.self, from: await transport.send(request)) {
        case .value(let reply): return reply
        case .problem(let problem):
            var failure = CommandFailure(
                [401, 403].contains(problem.status) ? .notPermitted : .failed, problem.explanation)
            failure.problem = problem
            throw failure
        case .trouble(let trouble): throw CommandFailure(.savedNotConfirmed, trouble.problem.explanation)
        }
    }
}
