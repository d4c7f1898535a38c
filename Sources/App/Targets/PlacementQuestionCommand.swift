import CommandTable
import Model
import Registrar
import Store
import TargetCore
import Targets
import Wire

/// `muster placement`: where a device would be provisioned, and why; as the registrar says, or where it is not reached, by the
/// rules that it gave out last.
struct PlacementQuestionCommand {
    let companion: Companion

    private var invocation: Invocation { companion.context.invocation }
    private var console: Console { companion.console }

    func run() async throws -> ExitCode {
        guard let serial = invocation.value("serial"), !serial.isEmpty else {
            throw CommandFailure(
                .usage, "usage", "Nothing was asked: placement goes by the device's serial.",
                "Add --serial SERIAL.")
        }
        let (_, registrar) = try await companion.session()
        let place = Place(companion, registrar)
        let tenant = try await place.tenant()
        let query = PlacementQuery(
            tenant: tenant, serial: serial, site: try await place.site(of: tenant),
            product: try invocation.value("product").map { try ArgumentText.identifier($0) })
        guard !invocation.has("offline") else { return try await answerHere(query, registrar, because: nil) }
        let answer: PlacementAnswer
        do {
            answer = try await CompanionRegistrars(companion).client().get(.placement(query))
        } catch let failure as CommandFailure where failure.exitCode == .savedNotReached {
            return try await answerHere(query, registrar, because: failure)
        }
        return show(answer)
    }

    /// By what is kept here. `failure`: why the registrar does not say it itself.
    private func answerHere(
        _ query: PlacementQuery, _ registrar: RegistrarProfile, because failure: CommandFailure?
    ) async throws -> ExitCode {
        guard let kept = try await companion.store.placement(registrar.registrar, tenant: query.tenant) else {
            throw failure
                ?? CommandFailure(
                    .failed, "placement_not_here",
                    "Nothing is said: the rules of placement of \(registrar.name) are not kept here yet.",
                    "They come with `muster sync`; or ask without --offline.")
        }
        let view = try CanonicalJSON.decode(PlacementView.self, from: CanonicalJSON.encode(kept.view))
        if let failure { console.remark(failure.explanation.what) }
        console.remark(
            "By the rules that \(registrar.name) gave out, as of \((kept.asOf ?? view.countedAt).minute)"
                + (view.rules.hasCapacities
                    ? "; devices were counted at \(view.countedAt.minute)." : "."))
        return show(view.answer(to: PlacementQuestion(query), digests: .system))
    }

    private func show(_ answer: PlacementAnswer) -> ExitCode {
        console.print(answer)
        console.show(answer.reason)
        var table = TextTable(header: ["TARGET", "CONSIDERED"])
        table.rows = answer.considered.map { [$0.target.rawValue, $0.note] }
        if !table.rows.isEmpty { table.lines.forEach(console.show) }
        return answer.target == nil ? .failed : .done
    }
}
