package import AWSIoT
package import Model
import RegistrarCore
import RegistrarStore
import TargetCore
import Targets

/// Provisioning templates of an account.
extension Registrar {
    /// A template as a list shows it.
    package struct FleetTemplate: Codable, Equatable, Sendable {
        package var name: String
        package var type: String
        package var isEnabled: Bool
        package var changedAt: Timestamp?
    }

    /// Has a template in the account as it is given. What AWS would refuse of it is not sent.
    package func put(
        _ publication: TemplatePublication, at target: TargetID
    ) async throws(RegistrarError) -> TemplatePublication.Outcome {
        try await fleetwise {
            let (line, _) = try await awsLine(to: target)
            let use: AWSTemplate.Use = publication.type == .fleet ? .fleet : .justInTime
            let findings = AWSTemplate.findings(in: publication.body, use: use)
                .filter { $0.weight == .refused }
            guard findings.isEmpty else { throw FleetError.findings(findings) }
            var publication = publication
            let performer = ExchangePerformer<TemplatePublication>(.init(line, fleetWorld(line)))
            let deadline = environment.now().advanced(bySeconds: Self.fleetSeconds)
            switch try await performer.perform(&publication, until: deadline) {
            case .done: break
            case .refused(let fault): throw FleetError.refused(fault)
            case .later(_, let reason): throw FleetError.unfinished(reason: reason)
            }
            let outcome = publication.result ?? .unchanged
            guard outcome != .unchanged else { return outcome }
            try await store.noteFleet(
                "template_" + outcome.rawValue, by: Self.localAdministrator.operatorID,
                about: publication.name, ["target": target.rawValue], at: environment.now())
            return outcome
        }
    }

    package func fleetTemplates(of target: TargetID) async throws(RegistrarError) -> [FleetTemplate] {
        try await fleetwise {
            let (line, _) = try await awsLine(to: target)
            var (found, token): ([FleetTemplate], String?) = ([], nil)
            repeat {
                let page = try await read(
                    AWSReplies.Templates.self, AWSCalls.listProvisioningTemplates(nextToken: token),
                    over: line)
                found += (page.templates ?? []).map { template in
                    FleetTemplate(
                        name: template.templateName ?? "",
                        type: template.type ?? AWSCalls.TemplateType.fleet.rawValue,
                        isEnabled: template.enabled ?? false,
                        changedAt: template.lastModifiedDate.flatMap(Timestamp.init(awsSeconds:)))
                }
                token = page.nextToken
            } while token != nil && found.count < Self.limitListed
            return found
        }
    }

    /// A longer list is of no use to a person.
    static var limitListed: Int { 10_000 }

    /// The template's body and what goes with it.
    package func fleetTemplate(
        _ name: String, of target: TargetID
    ) async throws(RegistrarError) -> AWSReplies.Template {
        try await fleetwise {
            let (line, _) = try await awsLine(to: target)
            return try await read(
                AWSReplies.Template.self, AWSCalls.describeProvisioningTemplate(name), over: line,
                about: "template \(name)")
        }
    }

    package func removeFleetTemplate(_ name: String, of target: TargetID) async throws(RegistrarError) {
        try await fleetwise {
            let (line, _) = try await awsLine(to: target)
            _ = try await ask(
                AWSCalls.deleteProvisioningTemplate(name), over: line, about: "template \(name)")
            try await store.noteFleet(
                "template_removed", by: Self.localAdministrator.operatorID, about: name,
                ["target": target.rawValue], at: environment.now())
        }
    }
}

extension Timestamp {
    /// Seconds since 1970, as AWS writes times; `nil` for what can be none.
    init?(awsSeconds seconds: Double) {
        guard seconds > 0, seconds < 1e11 else { return nil }
        self.init(milliseconds: Int64(seconds * 1000))
    }
}
