package import Model
import RegistrarCore
import SQLite
package import Wire

extension RegistrarStore {
    /// Gives a product other content, for every tablet from its next fetch on. Devices keep what they have.
    ///
    /// - Returns: `false` when there is no such product.
    /// - Throws: `refused` with `stale_version` when the product is neither as `replacement.from` nor as `replacement.to`
    ///   says.
    package func change(
        _ replacement: Replacement<Product>, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) -> Bool {
        let (from, to) = (replacement.from, replacement.to)
        return try change(at: now) { transaction throws(RegistrarStoreError) in
            let known = try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try transaction.reader.products().first { $0.productID == to.productID }
            }
            guard let known else { return false }
            guard known != to else { return true }
            guard known == from else {
                throw .refused(
                    Problem(
                        .staleVersion,
                        detail: "Somebody else has changed the product \(to.productID) meanwhile.",
                        nextStep: "Look at it with `product list` and decide again."))
            }
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run(
                    "UPDATE product SET content = ? WHERE product_id = ?", try .json(to),
                    .text(to.productID.rawValue))
                try transaction.connection.run(
                    "UPDATE meta SET products_change = ?", .integer(transaction.nextChange()))
                try transaction.note(
                    "product_changed", by: actor, to: to.productID.rawValue, to.differences(from: from))
            }
            return true
        }
    }
}

extension Product {
    /// What is different, as the audit has it: `was → is`, by the names of the fields.
    fileprivate func differences(from old: Product) -> [String: String] {
        func words(_ product: Product) -> [String: String] {
            [
                "name": product.name, "admission": product.admission.rawValue,
                "labelFields": product.labelFields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                    .joined(separator: " "),
                "keyOrigins": product.keyOrigins?.map(\.rawValue).joined(separator: " ") ?? "any",
            ]
        }
        let was = words(old)
        return words(self).reduce(into: [:]) { differences, field in
            guard let before = was[field.key], before != field.value else { return }
            differences[field.key] = "\(before) → \(field.value)"
        }
    }
}
