import Model
import RegistrarCore
import SQLite

/// Gathers what the rules need to know about one operation.
struct RecordLoader {
    let reader: RegistrarReader
    let arrived: ArrivedOperation
    let caller: OperatorID
    let now: Timestamp
    let workshop: Workshop
    let digest: DigestFunction

    var operation: Operation { arrived.frozen.operation }

    func records() throws(SQLiteError) -> Records {
        var records = Records(
            tenant: try reader.tenant(operation.tenant),
            sites: Set(try reader.sites(of: operation.tenant).map(\.siteID)), lane: try lane(),
            certificateRequest: arrived.certificateRequest)
        let found: [DeviceID]
        if case .claim(let claim) = operation.body {
            let (product, isCertain) = try reader.products().product(of: claim.identity)
            records.product = product
            found = try devices(of: claim.identity, product: product?.productID, isCertain: isCertain)
        } else {
            found = try devicesOfLane()
        }
        for id in found {
            if let device = try reader.device(id) { records.devices.append(device) }
        }
        if found.count == 1, let device = records.devices.first {
            records.claimCode = try claimCode(device)
            if case .provision = operation.body {
                records.product = try reader.products().product(of: device.record.identity).product
            }
        }
        if let facts = arrived.certificateRequest {
            records.keyOwner = try keyOwner(facts.publicKeyHash)
            records.isKeyCompromised = try isCompromised(facts.publicKeyHash)
        }
        if found.count == 1, let device = records.devices.first?.record {
            try addTarget(of: device, to: &records)
            try addVerification(of: device, to: &records)
        }
        return records
    }

    /// The devices that any identifier of a label finds.
    ///
    /// A product that was only assumed does not hide a device that is known by the serial under its real one. A device found
    /// by one identifier tells its product, under which the serial is then looked up again.
    private func devices(
        of identity: DeviceIdentity, product: ProductID?, isCertain: Bool
    ) throws(SQLiteError) -> [DeviceID] {
        var found = try devices(
            with: DeviceIdentity(product: product ?? identity.product, fields: identity.fields))
        if let serial = identity.fields["serial"], found.isEmpty, !isCertain {
            found = try reader.devices(serial: serial)
        }
        if found.count == 1, let id = found.first, let known = try reader.device(id)?.record.identity.product,
            known != product
        {
            let others = try devices(with: DeviceIdentity(product: known, fields: identity.fields))
            found += others.filter { $0 != id }
        }
        return found
    }

    private func devices(with identity: DeviceIdentity) throws(SQLiteError) -> [DeviceID] {
        var found: [DeviceID] = []
        for identifier in identity.identifiers {
            if let id = try reader.device(with: identifier), !found.contains(id) { found.append(id) }
        }
        return found
    }

    /// The device that a lane is about: the one that its earlier operations were about, or the one with the identifier.
    private func devicesOfLane() throws(SQLiteError) -> [DeviceID] {
        let earlier = try reader.list(
            """
            SELECT device_id FROM operation WHERE store_id = ? AND lane = ? AND device_id IS NOT NULL
            ORDER BY epoch DESC, lane_sequence DESC LIMIT 1
            """, [.text(operation.store.storeID.rawValue), .text(operation.lane.rawValue)],
            RegistrarReader.deviceID)
        if !earlier.isEmpty { return earlier }
        if let id = try reader.device(with: operation.lane) { return [id] }
        guard operation.lane.kind == .serial else { return [] }
        let bySerial = try reader.devices(serial: operation.lane.value)
        var own: [DeviceID] = []
        for id in bySerial where try reader.device(id)?.record.tenant == operation.tenant { own.append(id) }
        return own
    }

    private func lane() throws(SQLiteError) -> LaneRecord {
        let store: [SQLiteValue] = [.text(operation.store.storeID.rawValue), .text(operation.lane.rawValue)]
        let id = SQLiteValue.text(operation.operationID.rawValue)
        var lane = LaneRecord()
        lane.rival = try reader.list(
            """
            SELECT operation_id FROM operation
            WHERE store_id = ? AND lane = ? AND epoch = ? AND lane_sequence = ? AND operation_id <> ?
            """, store + [.integer(operation.store.epoch), .integer(operation.laneSequence), id],
            Self.operationID
        ).first
        let furthest = try reader.list(
            """
            SELECT epoch, lane_sequence, device_version FROM operation
            WHERE store_id = ? AND lane = ? AND operation_id <> ? AND receipt IS NOT NULL
            ORDER BY epoch DESC, lane_sequence DESC LIMIT 1
            """, store + [id]
        ) { row throws(SQLiteError) in
            (
                LaneRecord.Position(
                    epoch: try row.integer("epoch"), sequence: try row.integer("lane_sequence")),
                try row.optionalInteger("device_version")
            )
        }.first
        lane.furthestApplied = furthest?.0
        lane.versionAfterFurthest = furthest?.1
        if let predecessor = operation.predecessor {
            lane.predecessor = try reader.list(
                "SELECT payload_hash FROM operation WHERE operation_id = ?",
                [.text(predecessor.operationID.rawValue)]
            ) { row throws(SQLiteError) in
                LaneRecord.Predecessor(
                    payloadHash: try row.value("payload_hash", PayloadHash.init(rawValue:)))
            }.first
        }
        lane.supersededBy = try reader.list(
            "SELECT operation_id FROM operation WHERE supersedes = ? AND receipt IS NOT NULL", [id],
            Self.operationID
        ).first
        return lane
    }

    static func operationID(_ row: SQLiteRow) throws(SQLiteError) -> OperationID {
        try row.value("operation_id", OperationID.init(rawValue:))
    }

    private func keyOwner(_ hash: PayloadHash) throws(SQLiteError) -> DeviceID? {
        try reader.list(
            "SELECT device_id FROM device_key WHERE public_key_hash = ?", [.text(hash.rawValue)],
            RegistrarReader.deviceID
        ).first
    }

    private func isCompromised(_ hash: PayloadHash) throws(SQLiteError) -> Bool {
        try !reader.list(
            """
            SELECT device_id FROM device_key JOIN certificate USING (device_id) JOIN revocation USING (serial_number)
            WHERE device_key.public_key_hash = ?1 AND json_extract(summary, '$.publicKeyHash') = ?1
                AND reason = ?2
            """, [.text(hash.rawValue), .text(RevocationReason.keyCompromise.rawValue)],
            RegistrarReader.deviceID
        ).isEmpty
    }

    private func claimCode(_ device: KnownDevice) throws(SQLiteError) -> ClaimCodeVerdict {
        let id = SQLiteValue.text(device.record.deviceID.rawValue)
        let verifier = try reader.list("SELECT claim_salt, claim_hash FROM device WHERE device_id = ?", [id])
        {
            row throws(SQLiteError) -> ClaimCodeVerifier? in
            guard let salt = try row.optionalBlob("claim_salt") else { return nil }
            return ClaimCodeVerifier(salt: salt, hash: try row.blob("claim_hash"))
        }
        guard device.record.tenant == nil, let verifier = verifier.first ?? nil else { return .notNeeded }
        if let seconds = try lockSeconds(of: id) { return .locked(retryAfterSeconds: seconds) }
        guard let code = arrived.secrets?.claimCode else { return .missing }
        return verifier.accepts(code, key: workshop.claimCodeKey, digest: digest) ? .right : .wrong
    }

    /// Seconds until claim codes are looked at again; `nil` when they are looked at now.
    private func lockSeconds(of device: SQLiteValue) throws(SQLiteError) -> Int? {
        let start = now.advanced(bySeconds: -RegistrarLimits.wrongCodeSeconds)
        let row = try reader.connection.run(
            """
            SELECT count(*) FILTER (WHERE device_id = ?1) AS of_device,
                count(*) FILTER (WHERE operator_id = ?2) AS of_operator, min(at) AS first
            FROM wrong_claim_code WHERE at > ?3 AND (device_id = ?1 OR operator_id = ?2)
            """, device, .text(caller.rawValue), .timestamp(start)
        ).first
        guard let row, let first = try row.optionalTimestamp("first") else { return nil }
        let (ofDevice, ofOperator) = (try row.integer("of_device"), try row.integer("of_operator"))
        guard
            ofDevice >= RegistrarLimits.wrongCodesPerDevice
                || ofOperator >= RegistrarLimits.wrongCodesPerOperator
        else { return nil }
        let end = first.advanced(bySeconds: RegistrarLimits.wrongCodeSeconds)
        return max(1, Int((end.milliseconds - now.milliseconds + 999) / 1000))
    }
}
