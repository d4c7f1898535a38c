import Credentials
import Model
import Testing

/// What errors say.
@Suite struct CredentialsErrorTests {
    @Test(arguments: [
        (
            CredentialsError.unreadable(subject: "private key", reason: "no start line"),
            "credential_unreadable"
        ),
        (.tooLarge(subject: "certificate", limitBytes: 10), "credential_too_large"),
        (.notGenuine(subject: "receipt", reason: "its signature does not fit"), "not_genuine"),
        (.failed(step: "Signing", reason: "no memory"), "crypto_failed"),
        (.keyNotReached(ModuleError.noToken.explanation), "module_no_token"),
    ]) func `each error says what happened, why, and what to do`(_ error: CredentialsError, _ id: String) {
        let explanation = error.explanation
        #expect(explanation.id == id)
        #expect(explanation.what.hasSuffix(".") && explanation.nextStep.hasSuffix("."))
        switch error {
        case .unreadable(let subject, let reason), .notGenuine(let subject, let reason):
            #expect(explanation.what.contains(subject) && explanation.what.contains(reason))
        case .tooLarge(let subject, let limit):
            #expect(explanation.what.contains(subject) && explanation.what.contains("\(limit)"))
        case .keyNotReached(let holder): #expect(explanation == holder)
        case .failed(let step, let reason):
            #expect(explanation.what.contains(step) && explanation.what.contains(reason))
        }
    }

    /// Everything that takes something secret, given something that is wrong with it.
    @Test func `no error repeats what it was given`() throws {
        let secret = "hunter2hunter2"
        let bytes = Array(secret.utf8)
        let wrongs: [() throws -> Void] = [
            { _ = try PrivateKey(pem: Redacted(secret)) },
            { _ = try SigningKey(pem: Redacted(secret)) },
            { _ = try SealingKeyPair(privateKey: Redacted(bytes)) },
            { _ = try CertificateRequest(bytes) },
            { _ = try Certificate(bytes) },
            {
                _ = try JWS.verify("\(secret).a.b", keys: [:], type: "receipt")
            },
        ]
        for wrong in wrongs {
            do {
                try wrong()
                Issue.record("it was taken")
            } catch {
                let explanation = try #require(error as? CredentialsError).explanation
                let texts = ["\(error)", String(reflecting: error), explanation.what, explanation.nextStep]
                #expect(texts.allSatisfy { !$0.contains(secret) })
            }
        }
    }
}
