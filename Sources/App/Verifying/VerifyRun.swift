import CommandTable
import Credentials
import MQTTClient
import Model
import Processes
import Screens
import Store
import TLSProbe

/// One proof, step by step: a TLS handshake that sends nothing else, then MQTT with a peer that is known to be the right one.
struct VerifyRun {
    let device: StoredDevice
    let endpoint: ServiceEndpoint
    let roots: [Certificate]
    let principals: VerifyPrincipals
    /// `nil`: the handshake is all.
    let session: VerifySession?
    let token: [UInt8]
    let operatorID: OperatorID
    let console: Console
    let now: @Sendable () -> Timestamp
    let tell: @Sendable (VerifyStep) -> Void

    private var name: String { device.identity.displayName }

    private var used: PayloadHash? { principals.identity?.chain.first?.summary.fingerprint }
    private var witness: ConnectionProof.Witness { used == nil ? .muster : .musterWithDeviceKey }

    /// What came of it. A connection that was tried and failed is worth keeping, and is told with `failure`.
    struct Outcome {
        var verify: OperationBody.Verify
        var failure: CommandFailure?
        /// Why it failed, in the words of whatever failed.
        var cause: Explanation?
        /// Whether Muster connected without the device's key.
        var usesNoKey: Bool
        /// In which it is kept.
        var operation: OperationID?
    }

    /// - Throws: `CommandFailure` when nothing was tried.
    func prove(by deadline: Deadline) async throws -> Outcome {
        var evidence: TLSEvidence?
        do {
            let found = try await shakeHands(by: deadline)
            evidence = found
            try requireVerdict(found)
            let session = endpoint.scheme == .mqtts ? session : nil
            var trip: ConnectionProof.MQTT?
            if let session { trip = try await goRound(as: session, by: deadline) }
            return Outcome(verify: .proven(proof(found, session, trip)), usesNoKey: used == nil)
        } catch let unproven as Unproven {
            guard unproven.wasTried else { throw unproven.failure }
            let failure = ConnectionFailure(
                device: device.lane, endpoint: endpoint.description, witness: witness, triedAt: now(),
                operatorID: operatorID, certificate: used,
                isCertificateOnRecord: used == nil ? nil : principals.isOnRecord,
                cause: ConnectionFailure.Cause(unproven.cause),
                tls: evidence.map(ConnectionProof.TLS.init))
            return Outcome(
                verify: .failed(failure), failure: unproven.failure, cause: unproven.cause,
                usesNoKey: used == nil)
        }
    }

    /// Why a connection proved nothing.
    private struct Unproven: Error {
        var failure: CommandFailure
        var cause: Explanation
        /// Whether the service was looked for at all.
        var wasTried = true
    }

    private func proof(
        _ evidence: TLSEvidence, _ session: VerifySession?, _ trip: ConnectionProof.MQTT?
    ) -> ConnectionProof {
        let proof = ConnectionProof(
            device: device.lane, endpoint: endpoint.description, witness: witness,
            extent: used == nil ? .endpoint : trip == nil ? .authenticated : .roundTrip, provenAt: now(),
            operatorID: operatorID, certificate: used,
            isCertificateOnRecord: used == nil ? nil : principals.isOnRecord,
            clientID: session?.clientID, tls: ConnectionProof.TLS(evidence), mqtt: trip,
            trust: roots.map(\.summary.fingerprint),
            isKeyWithheld: principals.areHereAlone ? true : nil)
        say(
            VerifyLine(device: device.lane, verify: "proven", endpoint: proof.endpoint, proof: proof),
            proof.words)
        return proof
    }

    // MARK: Steps

    private func shakeHands(by deadline: Deadline) async throws -> TLSEvidence {
        let probe = TLSProbe(
            host: endpoint.host, port: endpoint.port, roots: roots, identity: principals.identity)
        let finding: TLSProbe.Finding
        do throws(TLSProbeError) {
            finding = try await VerifyWorker().run(probe, at: now(), by: deadline)
        } catch {
            throw failure(error)
        }
        let evidence = finding.evidence
        tell(.handshake(evidence))
        say(
            VerifyLine(
                device: device.lane, verify: "tls", endpoint: endpoint.description, tls: evidence,
                microseconds: finding.duration.microseconds),
            "\(evidence.version) \(evidence.cipher), verified as \(evidence.verifiedName), "
                + "certificate \(Self.short(evidence.chain)), \(evidence.clientCertificate.words)")
        return evidence
    }

    /// A message to itself where the device may hear what it sends; else being let in is what there is to see, and nothing
    /// is sent.
    private func goRound(
        as session: VerifySession, by deadline: Deadline
    ) async throws -> ConnectionProof.MQTT? {
        let settings = MQTTSettings(
            host: endpoint.host, port: endpoint.port,
            transport: .tls(roots: roots, identity: principals.identity, now: now()),
            clientID: session.clientID, login: session.userName.map { MQTTSettings.Login(username: $0) },
            version: session.version)
        do throws(MQTTError) {
            guard let topic = session.topic else {
                try await beLetIn(settings, by: deadline)
                return nil
            }
            return try await goRound(on: topic, settings, by: deadline)
        } catch {
            throw failure(error)
        }
    }

    private func goRound(
        on topic: String, _ settings: MQTTSettings, by deadline: Deadline
    ) async throws(MQTTError) -> ConnectionProof.MQTT {
        let finding = try await MQTTRoundTrip(settings: settings, topic: topic, token: token)
            .run(by: deadline)
        let mqtt = ConnectionProof.MQTT(
            version: finding.version.rawValue, topic: topic,
            roundTripMicroseconds: finding.roundTrip.microseconds)
        tell(.roundTrip(mqtt))
        say(
            VerifyLine(
                device: device.lane, verify: "mqtt", endpoint: endpoint.description, mqtt: mqtt,
                microseconds: finding.connecting.microseconds),
            "MQTT \(mqtt.version) as \(settings.clientID), a message to itself came back on \(topic)")
        return mqtt
    }

    private func beLetIn(_ settings: MQTTSettings, by deadline: Deadline) async throws(MQTTError) {
        let began = ContinuousClock.now
        let connection = try await MQTTConnection.open(settings, by: deadline)
        let connecting = ContinuousClock.now - began
        await connection.close(by: Deadline(after: MQTTRoundTrip.deliveryTime).earlier(deadline))
        say(
            VerifyLine(
                device: device.lane, verify: "mqtt", endpoint: endpoint.description,
                microseconds: connecting.microseconds),
            "MQTT \(settings.version.rawValue) as \(settings.clientID), let in; nothing was sent")
    }

    /// A certificate that nobody looked at proves nothing. A broker gives its verdict by going on over MQTT.
    private func requireVerdict(_ evidence: TLSEvidence) throws {
        guard principals.identity != nil else { return }
        switch evidence.clientCertificate {
        case .accepted: return
        case .presented where endpoint.scheme == .mqtts: return
        case .presented:
            throw failure(
                .failed,
                Explanation(
                    id: "no_verdict",
                    what: "The service got its certificate and does not say whether it takes it.",
                    nextStep: "Verify with mqtts://, where it has to say so."))
        case .notRequested, .notGiven:
            throw failure(
                .failed,
                Explanation(
                    id: "certificate_not_asked", what: "The service did not ask for its certificate.",
                    nextStep:
                        "Check the port: services often have one for client certificates. Without --key the "
                        + "service alone is proven."))
        }
    }

    // MARK: Words

    private func failure(_ error: TLSProbeError) -> Unproven {
        if case .refused(_, let presented) = error, !presented.isEmpty {
            tell(.presented(presented))
            say(
                VerifyLine(
                    device: device.lane, verify: "refused", endpoint: endpoint.description,
                    presented: presented),
                "presented was \(Self.short(presented))")
        }
        return switch error {
        case .notStarted: failure(.badInput, error.explanation, wasTried: false)
        case .notResolved, .notConnected: failure(.unavailable, error.explanation)
        case .refused: failure(.failed, error.explanation)
        }
    }

    private func failure(_ error: MQTTError) -> Unproven {
        switch error {
        case .libraryMissing: failure(.unavailable, error.explanation, wasTried: false)
        case .notReached: failure(.unavailable, error.explanation)
        default: failure(.failed, error.explanation)
        }
    }

    private func failure(_ code: ExitCode, _ cause: Explanation, wasTried: Bool = true) -> Unproven {
        Unproven(
            failure: CommandFailure(
                code, cause.id, "Nothing is proven of \(name). \(cause.what)", cause.nextStep),
            cause: cause, wasTried: wasTried)
    }

    private func say(_ line: VerifyLine, _ words: String) {
        console.say(line, name, words)
    }

    private static func short(_ chain: [CertificateSummary]) -> String {
        guard let own = chain.first else { return "none" }
        return "\(own.subject.isEmpty ? "without a name" : own.subject) from \(own.issuer) "
            + "until \(own.notAfter.description.prefix(10)), SHA-256 \(own.fingerprint.rawValue.prefix(16))…"
    }
}

/// The probe blocks its thread: it gets one of its own.
private actor VerifyWorker {
    private let executor = BlockingExecutor(label: "verify")

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    func run(
        _ probe: TLSProbe, at now: Timestamp, by deadline: Deadline
    ) throws(TLSProbeError) -> TLSProbe.Finding {
        try probe.run(at: now, by: deadline)
    }
}

extension TLSEvidence.ClientCertificate {
    fileprivate var words: String {
        switch self {
        case .notRequested: "it asks for no certificate"
        case .notGiven: "it got no certificate"
        case .presented: "it got the device's certificate"
        case .accepted: "it took the device's certificate"
        }
    }
}

extension Duration {
    fileprivate var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
