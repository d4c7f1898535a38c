import Credentials
import Model
import RegistrarCore
import RegistrarStore

extension Registrar {
    /// Longer than this a batch does not wait for an issuer; what is left is asked for when it is sent again.
    private static let enrolmentSeconds: Int64 = 20
    /// After what went wrong on this side or with the network.
    private static let faultSeconds = 60

    /// The authority outside that issues to devices; `nil` when the registrar's own does.
    package func issuer() async throws(RegistrarError) -> ESTSettings? {
        do { return try await store.externalIssuer() } catch { throw .store(error) }
    }

    /// Has an authority outside issue from now on, or the registrar's own again. It is asked for its certificates first:
    /// they must lead to the root that was given.
    ///
    /// - Returns: the names of its certificates.
    @discardableResult
    package func setIssuer(_ settings: ESTSettings?) async throws(RegistrarError) -> [String] {
        var names: [String] = []
        if let settings {
            do throws(ESTError) {
                let authorities = try await ESTClient(settings).authorities()
                let root = Array(settings.root.utf8)
                do throws(CredentialsError) {
                    let root = try Certificate(root)
                    for one in authorities where one.der != root.der {
                        try Certificate.verifyChain(
                            leaf: one, intermediates: authorities, roots: [root], at: environment.now())
                    }
                } catch { throw .answer(error) }
                names = authorities.map(\.summary.subject)
            } catch { throw .issuer(error) }
        }
        let actor = Self.localAdministrator.operatorID
        do { try await store.setExternalIssuer(settings, by: actor, at: environment.now()) } catch {
            throw .store(error)
        }
        return names
    }

    /// Takes the enrolments of operations one step further; whether any step was taken.
    func enrol(_ operations: [OperationID], with settings: ESTSettings) async throws(RequestFailure) -> Bool {
        let start = environment.now()
        var isAnyTaken = false
        for id in operations {
            guard environment.now() < start.advanced(bySeconds: Self.enrolmentSeconds) else { break }
            let taken = try await ask { store in try await store.takeEnrolment(id, at: self.environment.now())
            }
            guard let enrolment = taken else { continue }
            let outcome = await outcome(of: enrolment, settings)
            try await ask { store in
                try await store.finish(enrolment, outcome, at: self.environment.now())
            }
            isAnyTaken = true
        }
        return isAnyTaken
    }

    private func outcome(of enrolment: Enrolment, _ settings: ESTSettings) async -> EnrolmentOutcome {
        let client: ESTClient
        let authorities: [Certificate]
        do throws(ESTError) {
            client = try ESTClient(settings)
            // First, since it changes nothing there: what cannot be reached is found out before anything is asked for.
            authorities = try await client.authorities()
        } catch { return .later(seconds: Self.faultSeconds, reason: "\(error.explanation.what)") }
        do throws(ESTError) {
            switch try await client.enrol(enrolment.request, renews: enrolment.renews) {
            case .later(let seconds): return .later(seconds: seconds, reason: "The issuer has it in hand.")
            case .issued(let certificates):
                let request: CertificateRequest
                do { request = try CertificateRequest(enrolment.request) } catch { throw .answer(error) }
                return .issued(
                    try client.chain(
                        of: certificates, authorities: authorities, for: request, at: environment.now()))
            }
        } catch {
            let reason = "\(error.explanation.what)"
            if error.isFinal { return .refused(reason: reason) }
            return error.mayHaveArrived
                ? .lost(reason: reason) : .later(seconds: Self.faultSeconds, reason: reason)
        }
    }
}

extension RegistrarStore {
    func externalIssuer() throws(RegistrarStoreError) -> ESTSettings? {
        guard let text = try setting(.issuer) else { return nil }
        do { return try CanonicalJSON.decode(ESTSettings.self, from: Array(text.utf8)) } catch {
            throw .refused(Problem(.unavailable, detail: "The settings of the issuer cannot be read."))
        }
    }

    func setExternalIssuer(
        _ settings: ESTSettings?, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        let text: String?
        do { text = try settings.map { try CanonicalJSON.text($0) } } catch {
            throw .refused(Problem(.unavailable, detail: "The settings of the issuer cannot be written."))
        }
        try set(.issuer, to: text, saying: settings?.url.rawValue ?? "built-in", by: actor, at: now)
    }
}
