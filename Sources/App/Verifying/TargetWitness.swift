import CommandTable
import Model
import Store

/// `muster verify --by target`: the registrar asks the device's target whether it has seen the device.
struct TargetWitness {
    let companion: Companion
    let device: StoredDevice

    private var name: String { device.identity.displayName }

    func run() async throws -> ExitCode {
        // One whose provisioning is on its way is asked for behind that.
        if device.state == .provisioned, device.target == nil {
            throw CommandFailure(
                .badInput, "target_missing",
                "Nothing was asked: \(name) is with no target, and the registrar's own authority sees no device connect.",
                "Verify with its key (`muster verify \(name) --key FILE`), or have the device sign for it with --by device."
            )
        }
        let (session, _) = try await companion.session()
        let question = ConnectionQuestion(device: device.lane, operatorID: session.operatorID)
        let (id, code) = try await VerificationOutbox(companion: companion).save(.asked(question), of: device)
        let entry = try await companion.store.entry(id)
        guard let heard = entry?.receipt?.verification else {
            if let problem = entry?.problem, code == .savedNeedsPerson {
                companion.console.remark("Nobody was asked. \(problem.detail) \(problem.nextStep)")
                return code
            }
            companion.console.remark(
                "Nothing is known yet; `muster sync` brings the answer, and `muster device show \(name)` tells it."
            )
            return code == .done ? .failed : code
        }
        companion.console.tell(heard, name)
        return heard.isProven ? .done : .failed
    }
}

extension Console {
    /// What came of a verification that Muster did not see itself.
    func tell(_ verify: OperationBody.Verify, _ name: String) {
        switch verify {
        case .proven(let proof):
            say(
                VerifyLine(device: proof.device, verify: "proven", endpoint: proof.endpoint, proof: proof),
                name, proof.words)
        case .failed(let failure):
            say(
                VerifyLine(
                    device: failure.device, verify: "not proven", endpoint: failure.endpoint, failure: failure
                ),
                name, failure.words)
        case .asked: break
        }
    }
}
