import Model
import RegistrarCore
import RegistrarStore
package import TargetCore
import Targets
package import Wire

extension Registrar {
    /// Where a device would be placed now, and why; nothing is changed. `nil` where no rules are set.
    package func placement(of question: PlacementQuestion) async throws(RegistrarError) -> PlacementAnswer? {
        do { return try await answer(to: question) } catch { throw .store(error) }
    }

    /// The same for whoever works for the tenant, over the API.
    func placement(
        _ query: PlacementQuery, for caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> PlacementAnswer {
        try Self.check(.follow(query.tenant), caller, now)
        let question = PlacementQuestion(query)
        do throws(RegistrarStoreError) {
            return try await answer(to: question) ?? .withoutRules
        } catch { throw RequestFailure(Problem(.unavailable, detail: error.explanation.what)) }
    }

    private func answer(
        to question: PlacementQuestion
    ) async throws(RegistrarStoreError) -> PlacementAnswer? {
        guard let rules = try await store.placementRules(), !rules.candidates.isEmpty else { return nil }
        var question = question
        question.devices = try await store.devicesAtTargets()
        return rules.answer(to: question, outages: try await store.outages(), digests: .system)
    }
}

extension PlacementQuestion {
    /// The question of somebody who has the label alone.
    package init(_ query: PlacementQuery) {
        self.init(
            deviceName: query.serial, serial: query.serial, tenant: query.tenant, site: query.site,
            product: query.product)
    }
}
