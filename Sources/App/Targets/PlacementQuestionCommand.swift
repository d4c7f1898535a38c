import CommandTable
import Model
import Store
import TargetCore
import Wire

/// `muster placement`: asks the registrar where a device would be provisioned, and why.
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
        let client = try await CompanionRegistrars(companion).client()
        let answer: PlacementAnswer = try await client.get(.placement(query))
        console.print(answer)
        console.show(answer.reason)
        var table = TextTable(header: ["TARGET", "CONSIDERED"])
        table.rows = answer.considered.map { [$0.target.rawValue, $0.note] }
        if !table.rows.isEmpty { table.lines.forEach(console.show) }
        return answer.target == nil ? .failed : .done
    }
}
