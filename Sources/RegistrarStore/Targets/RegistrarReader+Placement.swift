package import Model
import RegistrarCore
import SQLite
package import TargetCore

extension RegistrarReader {
    /// Where an operation has its device provisioned: where it wishes, else where placement says.
    func choice(
        of device: DeviceRecord, for operation: Operation, wish: TargetID?, digests: CloudDigests
    ) throws(SQLiteError) -> TargetChoice {
        if wish == .builtIn { return .own }
        if let wish {
            guard let target = try target(wish)?.summary else { return .unknown(wish) }
            return .target(target, reason: "\(wish): the operation names it")
        }
        guard let rules = try placementRules(), !rules.candidates.isEmpty else {
            // Without rules a device stays where it is: a new certificate alone must not take it out of its cloud.
            guard let id = device.target?.target, let here = try target(id)?.summary else { return .own }
            return .target(here, reason: "\(id): the device is there, and no rule says otherwise")
        }
        // Who asks to be moved without saying where to wants a fresh look.
        let isMove = operation.body.kind == .reprovision
        let answer = rules.answer(
            to: PlacementQuestion(
                deviceName: device.identity.fields["serial"] ?? device.deviceID.rawValue,
                serial: device.identity.fields["serial"], tenant: operation.tenant, site: device.site,
                product: device.identity.product, current: isMove ? nil : device.target?.target,
                devices: try rules.hasCapacities ? devicesAtTargets() : [:]), outages: try outages(),
            digests: digests)
        guard let id = answer.target else { return .none(reason: answer.reason) }
        if id == .builtIn { return .own }
        guard let target = try target(id)?.summary else {
            return .none(reason: "Placement names the target \(id), which there is not.")
        }
        return .target(target, reason: answer.reason)
    }

    /// Where the work of an operation has begun, or ended: there it stays, whatever the rules say now.
    func begunChoice(of operation: OperationID) throws(SQLiteError) -> TargetChoice? {
        guard let placed = try placedWork(of: operation), !placed.canMove,
            let target = try target(placed.target)?.summary
        else { return nil }
        return .target(target, reason: placed.reason)
    }

    /// The entry of the journal that an operation waits for.
    func placedWork(of operation: OperationID) throws(SQLiteError) -> PlacedWork? {
        try list(
            """
            SELECT number, target, reason, state, work, issued FROM target_work
            WHERE operation_id = ? AND timing = 'awaited' AND state <> 'cancelled'
            """, [.text(operation.rawValue)]
        ) { row throws(SQLiteError) in
            let work: TargetWork = try row.json("work")
            return PlacedWork(
                number: try row.integer("number"), target: try row.value("target", TargetID.init(rawValue:)),
                reason: try row.text("reason"), issued: try row.optionalJSON("issued"),
                canMove: try row.text("state") == "due" && work.isUntouched)
        }.first
    }

    /// What the administrator has set; `nil` when nothing is set.
    func placementRules() throws(SQLiteError) -> PlacementRules? {
        try list("SELECT value FROM setting WHERE name = 'placement'") { row throws(SQLiteError) in
            try row.json("value", PlacementRules.self)
        }.first
    }

    /// The rules as a tablet of the tenant may keep them; without candidates when nothing is set.
    func placementView(of tenant: TenantID, at now: Timestamp) throws(SQLiteError) -> JSONValue {
        let rules = try placementRules() ?? PlacementRules(.hashed, candidates: [])
        let view = PlacementView(
            rules, of: tenant, devices: rules.hasCapacities ? try devicesAtTargets() : [:],
            outages: try outages(), countedAt: now)
        guard let value = try? CanonicalJSON.decode(JSONValue.self, from: CanonicalJSON.encode(view)) else {
            throw .malformedRow(column: "placement")
        }
        return value
    }

    func devicesAtTargets() throws(SQLiteError) -> [TargetID: Int] {
        var counts: [TargetID: Int] = [:]
        for row in try connection.run(
            """
            SELECT json_extract(record, '$.target.target') AS target, count(*) AS devices FROM device
            WHERE target IS NOT NULL GROUP BY target
            """)
        {
            counts[try row.value("target", TargetID.init(rawValue:))] = try row.integer("devices")
        }
        return counts
    }
}

extension RegistrarStore {
    package func placementView(of tenant: TenantID, at now: Timestamp) throws(RegistrarStoreError)
        -> JSONValue
    {
        try read { reader throws(SQLiteError) in try reader.placementView(of: tenant, at: now) }
    }

    package func placementRules() throws(RegistrarStoreError) -> PlacementRules? {
        try read { reader throws(SQLiteError) in try reader.placementRules() }
    }

    /// Targets that were found to be down.
    package func outages() throws(RegistrarStoreError) -> Set<TargetID> {
        try read { reader throws(SQLiteError) in try reader.outages() }
    }

    /// Marks a target in the rules of placement.
    ///
    /// - Returns: whether any rule names it; else nothing was changed.
    package func mark(
        _ target: TargetID, as standing: PlacementCandidate.Standing, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) -> Bool {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                guard var rules = try transaction.reader.placementRules(),
                    let place = rules.candidates.firstIndex(where: { $0.target == target })
                else { return false }
                rules.candidates[place].standing = standing
                try transaction.connection.run(
                    "UPDATE setting SET value = ? WHERE name = 'placement'", try .json(rules))
                try transaction.notePlacementChange()
                try transaction.note(
                    "target_marked", by: actor, to: target.rawValue, ["standing": standing.rawValue])
                return true
            }
        }
    }

    package func devicesAtTargets() throws(RegistrarStoreError) -> [TargetID: Int] {
        try read { reader throws(SQLiteError) in try reader.devicesAtTargets() }
    }
}

extension RegistrarTransaction {
    /// Tablets place devices without a network; what they go by comes to them with the catalogue.
    mutating func notePlacementChange() throws(SQLiteError) {
        try connection.run("UPDATE meta SET products_change = ?", .integer(nextChange()))
    }
}

/// Where work that an operation waits for was placed.
struct PlacedWork {
    var number: Int
    var target: TargetID
    var reason: String
    /// The certificate that the registrar's side has issued for it.
    var issued: IssuedCertificate?
    /// Whether nothing was sent there that may have left anything.
    var canMove: Bool
}
