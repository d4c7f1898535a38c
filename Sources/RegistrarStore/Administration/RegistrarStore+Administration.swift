package import Model
import RegistrarCore
import SQLite

extension RegistrarStore {
    package func tenants() throws(RegistrarStoreError) -> [Tenant] {
        try read { reader throws(SQLiteError) in try reader.tenants() }
    }

    package func sites() throws(RegistrarStoreError) -> [Site] {
        try read { reader throws(SQLiteError) in try reader.sites(of: nil) }
    }

    package func products() throws(RegistrarStoreError) -> [Product] {
        try read { reader throws(SQLiteError) in try reader.products() }
    }

    package func operators() throws(RegistrarStoreError) -> [Operator] {
        try read { reader throws(SQLiteError) in try reader.operators() }
    }

    package func person(_ id: OperatorID) throws(RegistrarStoreError) -> Operator? {
        try read { reader throws(SQLiteError) in try reader.person(id) }
    }

    /// Adds tenants; one that is there with the same name is passed over.
    ///
    /// - Throws: `refused` with `already_exists`, and nothing of the list is added.
    package func add(
        _ tenants: [Tenant], by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try add(
            tenants, by: actor, at: now,
            existing: { reader, tenant throws(SQLiteError) in try reader.tenant(tenant.tenantID) }
        ) { clerk, tenant throws(SQLiteError) in
            try clerk.insert(
                "INSERT INTO tenant(tenant_id, name, catalogue_change) VALUES (?, ?, ?)",
                .text(tenant.tenantID.rawValue), .text(tenant.name), .integer(clerk.transaction.nextChange()))
            return ("tenant_added", tenant.tenantID.rawValue, ["tenant": tenant.tenantID.rawValue])
        }
    }

    /// Adds sites to tenants that exist.
    package func add(
        _ sites: [Site], by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        let known = Set(try tenants().map(\.tenantID))
        for site in sites where !known.contains(site.tenant) {
            throw .refused(Problem(.unknownTenant, detail: "There is no tenant \(site.tenant)."))
        }
        try add(
            sites, by: actor, at: now,
            existing: { reader, site throws(SQLiteError) in
                try reader.sites(of: site.tenant).first { $0.siteID == site.siteID }
            }
        ) { clerk, site throws(SQLiteError) in
            try clerk.insert(
                "INSERT INTO site(tenant, site_id, name) VALUES (?, ?, ?)", .text(site.tenant.rawValue),
                .text(site.siteID.rawValue), .text(site.name))
            try clerk.insert(
                "UPDATE tenant SET catalogue_change = ? WHERE tenant_id = ?",
                .integer(clerk.transaction.nextChange()), .text(site.tenant.rawValue))
            return ("site_added", "\(site.tenant)/\(site.siteID)", ["tenant": site.tenant.rawValue])
        }
    }

    package func add(
        _ products: [Product], by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try add(
            products, by: actor, at: now,
            existing: { reader, product throws(SQLiteError) in
                try reader.products().first { $0.productID == product.productID }
            }
        ) { clerk, product throws(SQLiteError) in
            try clerk.insert(
                "INSERT INTO product(product_id, content) VALUES (?, ?)",
                .text(product.productID.rawValue), try .json(product))
            try clerk.insert(
                "UPDATE meta SET products_change = ?", .integer(clerk.transaction.nextChange()))
            return ("product_added", product.productID.rawValue, ["admission": product.admission.rawValue])
        }
    }

    package func add(
        _ operators: [Operator], by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try add(
            operators, by: actor, at: now,
            existing: { reader, person throws(SQLiteError) in try reader.person(person.operatorID) }
        ) { clerk, person throws(SQLiteError) in
            try clerk.insert(
                "INSERT INTO operator(operator_id, content) VALUES (?, ?)",
                .text(person.operatorID.rawValue), try .json(person))
            return ("operator_added", person.operatorID.rawValue, ["role": person.role.rawValue])
        }
    }

    /// Lets whoever holds the token act as the operator. `hash`: SHA-256 of the token.
    package func addToken(
        hash: PayloadHash, for person: OperatorID, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            do throws(SQLiteError) {
                try transaction.connection.run(
                    "INSERT INTO token(hash, operator_id, issued_at) VALUES (?, ?, ?)", .text(hash.rawValue),
                    .text(person.rawValue), .timestamp(now))
                try transaction.note("token_issued", by: actor, to: person.rawValue)
            } catch { throw .database(error) }
        }
    }

    /// Who holds the token with that SHA-256, which has not ended.
    package func caller(
        tokenHash: PayloadHash, at now: Timestamp
    ) throws(RegistrarStoreError) -> (person: Operator, boundTo: PayloadHash?)? {
        try read { reader throws(SQLiteError) in
            try reader.list(
                """
                SELECT content, bound_to FROM token JOIN operator ON operator.operator_id = token.operator_id
                WHERE hash = ? AND (valid_until IS NULL OR valid_until > ?)
                """, [.text(tokenHash.rawValue), .timestamp(now)]
            ) { row throws(SQLiteError) in
                (
                    try row.json("content", Operator.self),
                    try row.optionalValue("bound_to", PayloadHash.init(rawValue:))
                )
            }.first
        }
    }

    private func add<Item: Equatable>(
        _ items: [Item], by actor: OperatorID?, at now: Timestamp,
        existing: (RegistrarReader, Item) throws(SQLiteError) -> Item?,
        insert: (inout AdministrationClerk, Item) throws(SQLiteError) -> (
            action: String, subject: String, detail: [String: String]
        )
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            var clerk = AdministrationClerk(transaction: transaction)
            for item in items {
                let known: Item?
                do throws(SQLiteError) { known = try existing(clerk.transaction.reader, item) } catch {
                    throw .database(error)
                }
                if let known {
                    guard known == item else { throw .refused(Problem(.alreadyExists)) }
                    continue
                }
                do throws(SQLiteError) {
                    let note = try insert(&clerk, item)
                    try clerk.transaction.note(note.action, by: actor, to: note.subject, note.detail)
                } catch { throw .database(error) }
            }
            transaction = clerk.transaction
        }
    }
}

/// Writes administered things inside a transaction.
struct AdministrationClerk {
    var transaction: RegistrarTransaction

    func insert(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) {
        try transaction.connection.run(sql, values)
    }
}
