package import Model
import RegistrarCore
import SQLite

extension RegistrarStore {
    /// The services that devices connect to, by kind, that of every product first.
    package func services() throws(RegistrarStoreError) -> [DeviceService] {
        try read { reader throws(SQLiteError) in try reader.services() }
    }

    /// Gives a service out from now on, in place of the one of its kind and product; every tablet hears of it.
    ///
    /// - Throws: `refused` when there is no such product, or no room for one more.
    package func set(
        _ service: DeviceService, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        if let product = service.product {
            guard try products().contains(where: { $0.productID == product }) else {
                throw .refused(Problem(.notFound, detail: "There is no product \(product)."))
            }
        }
        guard service.roots.utf8.count <= DeviceService.limitRootBytes,
            try services().count < DeviceService.limitCount
        else { throw .refused(Problem(.requestTooLarge)) }
        _ = try replaceService(service.kind, service.product, with: service, by: actor, at: now)
    }

    /// Gives a service out no longer; whether there was one.
    package func removeService(
        _ kind: DeviceService.Kind, of product: ProductID?, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) -> Bool {
        try replaceService(kind, product, with: nil, by: actor, at: now)
    }

    private func replaceService(
        _ kind: DeviceService.Kind, _ product: ProductID?, with service: DeviceService?,
        by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) -> Bool {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                var all = try transaction.reader.services()
                let known = all.first { $0.kind == kind && $0.product == product }
                guard known != service else { return known != nil }
                all.removeAll { $0.kind == kind && $0.product == product }
                if let service { all.append(service) }
                all.sort {
                    ($0.kind.rawValue, $0.product?.rawValue ?? "") < (
                        $1.kind.rawValue, $1.product?.rawValue ?? ""
                    )
                }
                try transaction.connection.run(
                    "INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)",
                    .text(Setting.services.rawValue), try .json(all))
                try transaction.connection.run(
                    "UPDATE meta SET products_change = ?", .integer(transaction.nextChange()))
                var detail = ["kind": kind.rawValue]
                detail["product"] = product?.rawValue
                try transaction.note(
                    service == nil ? "service_removed" : "service_set", by: actor,
                    to: service?.endpoint ?? known?.endpoint ?? kind.rawValue, detail)
                return known != nil
            }
        }
    }
}

extension RegistrarReader {
    func services() throws(SQLiteError) -> [DeviceService] {
        try list(
            "SELECT value FROM setting WHERE name = ?", [.text(RegistrarStore.Setting.services.rawValue)]
        ) { row throws(SQLiteError) in try row.json("value", [DeviceService].self) }.first ?? []
    }
}
