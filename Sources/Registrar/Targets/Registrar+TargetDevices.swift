package import Model
import RegistrarCore
import RegistrarStore
package import TargetCore
import Targets

/// One thing that a target holds or should hold, with what is to be said of it.
package struct TargetListLine: Encodable, Equatable, Sendable {
    package var verdict: TargetReconciliation.Verdict
    package var kind: TargetHolding.Kind
    package var name: String
    package var device: DeviceID?
    package var tenant: TenantID?
    package var standing: DeviceTarget.Standing?
    package var place: String?

    init(_ holding: TargetHolding, _ verdict: TargetReconciliation.Verdict) {
        self.verdict = verdict
        kind = holding.kind
        name = holding.name
        device = holding.device
        tenant = holding.tenant
        standing = holding.standing
        place = holding.place
    }

    init(missing record: TargetRecord, _ kind: TargetHolding.Kind) {
        verdict = .missing
        self.kind = kind
        name = record.name
        device = record.device
        tenant = record.tenant
    }
}

extension Registrar {
    /// Lists what a target holds, page by page, set against the records.
    ///
    /// With a query only what that finds is judged: what is missing cannot be told then. Other work goes before it.
    package func listDevices(
        at id: TargetID, matching query: String?, each show: ([TargetListLine]) -> Void
    ) async throws(RegistrarError) {
        let line = try await line(to: id)
        do {
            let records = try await store.places(at: id).compactMap { device, tenant, place in
                tenant.map {
                    TargetRecord(
                        device: device, tenant: $0, name: place.name, group: line.target.group(of: place))
                }
            }
            var reconciliation = TargetReconciliation(
                records: records, underWork: try await store.devicesUnderWork(at: id))
            try await TargetLister(line, listWorld(line)).list(matching: query) { page in
                let known = try await store.known(of: page.compactMap(\.device))
                show(
                    page.compactMap { holding in
                        reconciliation.judge(
                            holding, isKnown: holding.device.map(known.contains) ?? false
                        ).map { TargetListLine(holding, $0) }
                    })
            }
            try await desk.governors.keep()
            guard query == nil else { return }
            let kind: TargetHolding.Kind = line.target.kind == .azureDPS ? .enrollment : .device
            show(
                reconciliation.missing.map {
                    TargetListLine(missing: $0, $0.group == nil ? kind : .group)
                })
        } catch { throw RegistrarError(ofTarget: error) }
    }

    private func listWorld(_ line: TargetConnection) -> TargetPerformer.World {
        let (environment, desk) = (environment, desk)
        return TargetPerformer.World(
            now: environment.now, pause: { try await Task.sleep(for: .milliseconds($0)) },
            admit: { call in
                try await desk.governors.admit(
                    call, for: nil, of: line.account, under: line.limits, as: .bulk)
            },
            answered: { call, fault, sent in
                await desk.governors.answered(
                    call, for: nil, of: line.account, under: line.limits, LimitAnswer(fault), sent: sent)
            }, keep: { _ in }, isAwaited: false)
    }
}
