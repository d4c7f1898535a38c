import CommandTable
import Model
import Processes
import Wire

/// The adding and listing commands, over the API of whichever registrar the client asks.
struct Administration {
    let context: CommandContext
    let client: RegistrarClient

    /// Runs `tenant|site|product|operator|delivery|job add|list`, `product change` and `job close`; `nil` when the words are none of these.
    func run(_ words: [String]) async throws -> ExitCode? {
        guard words.count == 2 else { return nil }
        switch (words[0], words[1]) {
        case ("tenant", "add"): try await addTenant()
        case ("site", "add"): try await addSite()
        case ("product", "add"): try await addProduct()
        case ("operator", "add"): try await addOperator()
        case ("delivery", "add"): try await addDeliveries()
        case ("tenant", "list"):
            try await list(.tenants) { (tenant: Tenant) in "\(tenant.tenantID)  \(tenant.name)" }
        case ("site", "list"):
            try await list(.sites) { (site: Site) in "\(site.tenant)/\(site.siteID)  \(site.name)" }
        case ("product", "list"): try await listProducts()
        case ("product", "change"): try await changeProduct()
        case ("operator", "list"):
            try await list(.operators) { (person: Operator) in
                let tenants = person.tenants.map(\.rawValue).joined(separator: ",")
                return "\(person.operatorID)  \(person.role.rawValue)  \(tenants)  \(person.name)"
            }
        case ("delivery", "list"):
            try await list(.deliveries) { (device: DeviceRecord) in
                "\(device.deviceID)  \(device.state.rawValue)  "
                    + device.identifiers.map(\.rawValue).joined(separator: "  ")
            }
        case ("operator", "keys"): try await listKeys()
        case ("operator", "revoke-key"): try await revokeKey()
        case ("job", "add"): try await addJobs()
        case ("job", "list"): try await list(.jobs, line: JobLine.of)
        case ("job", "close"): try await closeJob()
        default: return nil
        }
        return .done
    }

    private func addTenant() async throws {
        let id = try name(TenantID.self)
        let tenant = Tenant(tenantID: id, name: context.invocation.value("name") ?? id.rawValue)
        try await add(tenant, to: .tenants, saying: "Tenant \(id) is added.")
    }

    private func addSite() async throws {
        let id = try name(SiteID.self)
        guard let text = context.invocation.value("tenant") else {
            throw CommandFailure(
                .usage, "usage", "Nothing was added: a site belongs to a tenant.", "Add --tenant TENANT.")
        }
        let site = Site(
            siteID: id, tenant: try parsed(text, TenantID.self),
            name: context.invocation.value("name") ?? id.rawValue)
        try await add(site, to: .sites, saying: "Site \(site.tenant)/\(id) is added.")
    }

    private func addOperator() async throws {
        let id = try name(OperatorID.self)
        let person = Operator(
            operatorID: id, name: context.invocation.value("name") ?? id.rawValue,
            role: context.invocation.value("role").flatMap(Role.init) ?? .installer,
            tenants: try (context.invocation.values["tenant"] ?? []).map { try parsed($0, TenantID.self) },
            sites: try (context.invocation.values["site"] ?? []).map { try parsed($0, SiteID.self) })
        let issued: Items<IssuedOperator> = try await client.post(
            Items(items: [person]), to: .add(.operators))
        for item in issued.items {
            context.console.print(item)
            context.console.show(
                "Operator \(item.operator.operatorID) is added. The token is shown this once:")
            context.console.show(item.token)
        }
    }

    /// Sends the list in portions, so that a long file neither fills memory at the registrar nor is lost by one bad line.
    private func addDeliveries() async throws {
        let lines = try InputFile.lines(context.invocation.arguments[0])
        var deliveries: [Delivery] = []
        for (number, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
            do {
                deliveries.append(try CanonicalJSON.decode(Delivery.self, from: Array(line.utf8)))
            } catch {
                let reason = CommandFailure(error).explanation
                throw CommandFailure(
                    .badInput, reason.id,
                    "Nothing was added: line \(number + 1) is not usable. \(reason.what)",
                    reason.nextStep)
            }
        }
        var added = 0
        for start in stride(from: 0, to: deliveries.count, by: 200) {
            let portion = Array(deliveries[start..<min(start + 200, deliveries.count)])
            let records: Items<DeviceRecord> = try await client.post(
                Items(items: portion), to: .add(.deliveries))
            records.items.forEach(context.console.print)
            added += records.items.count
        }
        context.console.show("\(added) devices are on the delivery list.")
    }

    func add<Item: Codable & Equatable & Sendable>(
        _ item: Item, to collection: Route.Collection, saying sentence: String
    ) async throws {
        let added: Items<Item> = try await client.post(Items(items: [item]), to: .add(collection))
        added.items.forEach(context.console.print)
        context.console.show(sentence)
    }

    func list<Item: Codable & Equatable & Sendable>(
        _ collection: Route.Collection, line: (Item) -> String
    ) async throws {
        let items: Items<Item> = try await client.get(.list(collection))
        for item in items.items {
            context.console.print(item)
            context.console.show(line(item))
        }
    }

    func name<ID: Identifier>(_ type: ID.Type) throws -> ID {
        try parsed(context.invocation.arguments[0], type)
    }

    func parsed<ID: Identifier>(_ text: String, _ type: ID.Type) throws -> ID {
        try ArgumentText.identifier(text, type)
    }
}
