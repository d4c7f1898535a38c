import CommandTable
import Model
import Processes
import Store
import SyncCore
import Wire

/// `muster device …`: devices as this store knows them, or as the registrar does.
struct DeviceCommand {
    let companion: Companion

    private var console: Console { companion.console }
    private var text: String { companion.context.invocation.arguments[0] }

    func run(_ word: String) async throws -> ExitCode {
        let asksRegistrar = companion.context.invocation.has("registrar")
        switch (word, asksRegistrar) {
        case ("find", false): try await findHere()
        case ("find", true): try await findThere()
        case ("show", false): try await showHere()
        case ("show", true): try await showThere()
        case ("history", false): try await historyHere()
        case ("history", true): try await historyThere()
        case ("key", _): return try await DeviceKeyCommand(companion: companion).run()
        case ("principals", _): return try await PrincipalsCommand(companion: companion).run()
        case (_, _): throw UsageError.unknownCommand(word, of: "muster device", suggestion: nil)
        }
        return .done
    }

    // MARK: This store

    private func findHere() async throws {
        let devices = try await companion.store.findDevices(text)
        devices.forEach(console.print)
        guard !devices.isEmpty else {
            console.remark("This store knows no device like `\(text)`. Ask the registrar with --registrar.")
            return
        }
        var table = TextTable(header: ["DEVICE", "TENANT/SITE", "STATE", "OPEN", "IDENTIFIERS"])
        for device in devices {
            table.rows.append([
                device.identity.displayName, Self.place(device.tenant, device.site),
                device.state?.rawValue ?? "saved here", String(device.openOperations),
                device.identifiers.map(\.rawValue).joined(separator: " "),
            ])
        }
        table.lines.forEach(console.show)
    }

    private func showHere() async throws {
        let device = try await companion.device(text)
        let principals = try await DevicePrincipals(companion).principals(of: device)
        let connection = try await DeviceProofs(store: companion.store).standing(of: device)
        console.print(
            DeviceWithPrincipals(
                device: device, principals: principals, lastConnection: connection.proof,
                lastFailure: connection.failure))
        var rows: [(String, String)] = [
            ("device", device.identity.displayName),
            ("state", device.state?.rawValue ?? "saved here, not confirmed"),
            ("tenant/site", Self.place(device.tenant, device.site)), ("position", device.position ?? "–"),
            ("product", device.identity.product?.rawValue ?? "–"),
            ("registrar's id", device.deviceID.map { "\($0), version \(device.version ?? 0)" } ?? "–"),
            ("open work", device.openOperations == 0 ? "none" : "\(device.openOperations) operations"),
            ("certificate", Self.words(device.certificate, chain: device.certificateChain)),
            ("connection", connection.proof?.words ?? "not proven; `muster verify` proves it"),
        ]
        if let failure = connection.failure { rows.append(("last try", failure.words)) }
        rows += DeviceTargetRows.all(device.target)
        rows += device.identifiers.map { ("identifier", $0.rawValue) }
        rows += PrincipalRows.all(principals)
        show(rows)
        try writeCertificate(of: device)
    }

    private func writeCertificate(of device: StoredDevice) throws {
        guard let path = companion.context.invocation.value("certificate") else { return }
        guard let chain = device.certificateChain else {
            throw CommandFailure(
                .badInput, "certificate_missing",
                "\(path) was not written: this store has no certificate of \(device.identity.displayName).",
                "Have one issued with `muster commission --csr`, and run `muster sync` when it waits.")
        }
        do { try Files.writeAtomically(Array(chain.utf8), to: path, mode: 0o644) } catch {
            throw CommandFailure(.cannotWrite, error.explanation)
        }
        console.remark("The certificate chain is in \(path).")
    }

    private func historyHere() async throws {
        let device = try await companion.device(text)
        let entries = try await companion.store.history(device.lane)
        entries.forEach(console.print)
        console.show("\(device.identity.displayName) (\(device.lane))")
        DeviceHistoryTable(entries, now: companion.surroundings.now()).lines.forEach(console.show)
    }

    // MARK: The registrar

    private func findThere() async throws {
        let list = try await search()
        list.devices.forEach(console.print)
        var table = TextTable(header: ["DEVICE", "TENANT/SITE", "STATE", "ID", "IDENTIFIERS"])
        for device in list.devices {
            table.rows.append([
                device.identity.displayName, Self.place(device.tenant, device.site), device.state.rawValue,
                device.deviceID.rawValue, device.identifiers.map(\.rawValue).joined(separator: " "),
            ])
        }
        if list.devices.isEmpty {
            console.remark("The registrar knows no device like `\(text)` that you may see.")
        } else {
            table.lines.forEach(console.show)
        }
        if list.more { console.remark("There are more; give a longer part.") }
    }

    private func showThere() async throws {
        guard companion.context.invocation.value("certificate") == nil else {
            throw CommandFailure(
                .usage, "usage", "Nothing was written: certificates come from this store's receipts.",
                "Leave --registrar away.")
        }
        let device = try await theOne()
        console.print(device)
        var rows: [(String, String)] = [
            ("device", device.identity.displayName), ("state", device.state.rawValue),
            ("tenant/site", Self.place(device.tenant, device.site)), ("position", device.position ?? "–"),
            ("product", device.identity.product?.rawValue ?? "–"),
            ("registrar's id", "\(device.deviceID), version \(device.version)"),
            ("changed", device.updatedAt.description),
            ("certificate", Self.words(device.certificate, chain: nil)),
        ]
        rows += DeviceTargetRows.all(device.target)
        rows += device.identifiers.map { ("identifier", $0.rawValue) }
        show(rows)
    }

    private func historyThere() async throws {
        let device = try await theOne()
        let (_, profile) = try await companion.session()
        let client = try await CompanionRegistrars(companion).client()
        let history: DeviceHistory = try await client.get(.deviceHistory(device.deviceID))
        history.events.forEach(console.print)
        console.show("\(device.identity.displayName) (\(device.deviceID))")
        DeviceHistoryTable(history.events) { text in
            CompanionRegistrars.verifiedPayload(profile, text)
                .flatMap { try? CanonicalJSON.decode(Receipt.self, from: $0) }
        }.lines.forEach(console.show)
    }

    private func search() async throws -> DeviceList {
        let client = try await CompanionRegistrars(companion).client()
        let tenant: TenantID? = try companion.context.invocation.value("tenant").map {
            try ArgumentText.identifier($0)
        }
        return try await client.get(.findDevices(query: text, tenant: tenant))
    }

    private func theOne() async throws -> DeviceRecord {
        let devices = try await search().devices
        let exact = devices.filter { device in
            device.deviceID.rawValue == text
                || device.identifiers.contains { $0.rawValue == text || $0.value == text }
        }
        let candidates = exact.isEmpty ? devices : exact
        guard let device = candidates.first, candidates.count == 1 else {
            throw CommandFailure(
                .badInput, candidates.isEmpty ? "device_unknown" : "device_ambiguous",
                candidates.isEmpty
                    ? "The registrar knows no device `\(text)` that you may see."
                    : "`\(text)` finds \(candidates.count) devices.",
                "Give the whole identifier of one device.")
        }
        return device
    }

    // MARK: Words

    private func show(_ rows: [(String, String)]) {
        TextTable.pairs(rows).forEach(console.show)
    }

    private static func place(_ tenant: TenantID?, _ site: SiteID?) -> String {
        let parts = [tenant?.rawValue, site?.rawValue].compactMap { $0 }
        return parts.isEmpty ? "–" : parts.joined(separator: "/")
    }

    private static func words(_ certificate: CertificateSummary?, chain: String?) -> String {
        guard let certificate else { return chain == nil ? "none" : "issued, chain kept here" }
        return
            "\(certificate.subject), valid until \(certificate.notAfter), serial \(certificate.serialNumber)"
    }
}
