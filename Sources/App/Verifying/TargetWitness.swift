import CommandTable
import Model
import Screens
import Store

/// `muster verify --by target`: the registrar asks the device's target whether it has seen the device.
struct TargetWitness {
    let companion: Companion
    let device: StoredDevice
    /// Is told of the question once it is saved.
    var saved: @Sendable (OperationID) -> Void = { _ in }

    private var name: String { device.identity.displayName }

    /// Whether somebody could have seen the device; one whose provisioning is on its way is asked for behind that.
    static func canBeAsked(about device: StoredDevice) -> Bool {
        device.state != .provisioned || device.target != nil
    }

    /// Saves the question, and waits a little for the answer.
    func ask() async throws -> Testimony {
        guard Self.canBeAsked(about: device) else { throw WitnessError.noTarget(device: name) }
        let (session, _) = try await companion.session()
        let question = ConnectionQuestion(device: device.lane, operatorID: session.operatorID)
        let (id, code) = try await VerificationOutbox(companion: companion, saved: saved)
            .save(.asked(question), of: device)
        return try await Testimony(to: id, code: code, in: companion.store)
    }

    func run() async throws -> ExitCode {
        let testimony = try await ask()
        guard let heard = testimony.verify else {
            let problem = try await companion.store.entry(testimony.operation)?.problem
            if let problem, testimony.code == .savedNeedsPerson {
                companion.console.remark("Nobody was asked. \(problem.detail) \(problem.nextStep)")
                return testimony.code
            }
            companion.console.remark(
                "Nothing is known yet; `muster sync` brings the answer, and `muster device show \(name)` tells it."
            )
            return testimony.code == .done ? .failed : testimony.code
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
