import Model
import Screens

extension Scene {
    static let proofs: [Scene] = [
        Scene(name: "verify") { verifying($0, VerifyFacts(lane: gateway.lane)) },
        Scene(name: "verify-ready") { verifying($0, known) },
        Scene(name: "verify-before") { stage in
            var facts = known
            facts.failure = ConnectionFailure(
                device: gateway.lane, endpoint: "mqtts://broker.acme.example", witness: .musterWithDeviceKey,
                triedAt: moment, cause: ConnectionFailure.Cause(unreachable))
            facts.proof = proof
            verifying(stage, facts)
        },
        Scene(name: "verify-running") { stage in
            tried(stage)
            stage.answer(.verifyStepped(gateway.lane, .handshake(evidence)))
        },
        Scene(name: "verify-proven") { stage in
            tried(stage)
            stage.answer(.verifyStepped(gateway.lane, .handshake(evidence)))
            stage.answer(.verifyStepped(gateway.lane, .roundTrip(trip)))
            stage.answer(.verifyEnded(gateway.lane, .proven(proof, .test(1))))
            stage.answer(.operationsLoaded([row(1, .confirmed)]))
        },
        Scene(name: "verify-failed") { stage in
            tried(stage)
            let expired = Explanation(
                id: "certificate_expired", what: "The peer's certificate \("CN=broker") ended at \(moment).",
                nextStep: "Have the certificate renewed; check this machine's clock too.")
            stage.answer(.verifyEnded(gateway.lane, .failed(expired, .test(1))))
            stage.answer(.operationsLoaded([row(1, .saved)]))
        },
        Scene(name: "revoke") { stage in
            device(stage)
            stage.type("7")
        },
        Scene(name: "revoke-text") { stage in
            device(stage)
            stage.type("72")
            stage.type("stolen from the van")
            stage.enter()
        },
        Scene(name: "confirm-revoke") { stage in
            device(stage)
            stage.type("7")
            stage.enter()
            stage.type("GW")
        },
        Scene(name: "confirm-differs") { stage in
            device(stage)
            stage.type("7")
            stage.enter()
            stage.type("GW-2")
            stage.enter()
        },
    ]

    static let moment = Timestamp(milliseconds: 1_764_000_000_000)

    static let known = VerifyFacts(
        lane: gateway.lane, endpoint: "mqtts://broker.acme.example:8883", hasRoots: true, holdsKey: true)

    static let evidence = TLSEvidence(
        version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", verifiedName: "broker.acme.example", chain: [],
        clientCertificate: .presented)

    static let trip = ConnectionProof.MQTT(
        version: "5.0", topic: "muster/verify/m-1", roundTripMicroseconds: 4000)

    static let proof = ConnectionProof(
        device: gateway.lane, endpoint: "mqtts://broker.acme.example:8883", witness: .musterWithDeviceKey,
        extent: .roundTrip, provenAt: moment)

    static func verifying(_ stage: Stage, _ facts: VerifyFacts, _ device: DeviceFacts = gateway) {
        Self.device(stage)
        stage.type("4")
        stage.answer(.deviceLoaded(device))
        stage.answer(.verifyPrepared(facts))
    }

    private static func tried(_ stage: Stage) {
        verifying(stage, known)
        stage.enter()
    }
}
