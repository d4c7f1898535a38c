import CommandTable
import Model
import Wire

extension Administration {
    func addProduct() async throws {
        let id = try name(ProductID.self)
        let product = Product(
            productID: id, name: context.invocation.value("name") ?? id.rawValue,
            admission: admission ?? .listed, labelFields: try labelFields() ?? [:],
            keyOrigins: try keyOrigins() ?? nil)
        try await add(product, to: .products, saying: "Product \(id) is added.")
    }

    /// Changes what is named, and nothing of what somebody else has changed since it was looked at.
    func changeProduct() async throws {
        let id = try name(ProductID.self)
        let known: Items<Product> = try await client.get(.list(.products))
        guard let from = known.items.first(where: { $0.productID == id }) else {
            throw CommandFailure(
                .badInput, "product_unknown", "Nothing was changed: there is no product \(id).",
                "See `product list`.")
        }
        var to = from
        if let name = context.invocation.value("name") { to.name = name }
        if let admission { to.admission = admission }
        if let fields = try labelFields() { to.labelFields = fields }
        if let origins = try keyOrigins() { to.keyOrigins = origins }
        guard to != from else {
            context.console.print(from)
            context.console.show("Product \(id) is so already.")
            return
        }
        let changed: Product = try await client.post(
            Replacement(from: from, to: to), to: .changeProduct(id))
        context.console.print(changed)
        context.console.show("Product \(id) is changed. Tablets hear of it at their next sync.")
    }

    func listProducts() async throws {
        try await list(.products) { (product: Product) in
            let fields = product.labelFields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let origins = product.keyOrigins.map { ["keys=" + $0.map(\.rawValue).joined(separator: ",")] }
            return
                ([product.productID.rawValue, product.admission.rawValue, product.name] + fields
                + (origins ?? [])).joined(separator: "  ")
        }
    }

    private var admission: Product.Admission? {
        context.invocation.value("admission").flatMap(Product.Admission.init)
    }

    /// The fields of `--match`; `nil` when none is given. The word `none` stands for no fields.
    private func labelFields() throws -> [String: String]? {
        guard let pairs = context.invocation.values["match"] else { return nil }
        guard pairs != ["none"] else { return [:] }
        return try pairs.reduce(into: [:]) { fields, pair in
            let (field, value) = try ArgumentText.pair(
                pair, "FIELD=VALUE", like: "gtin=09501101530003", undone: "Nothing was saved")
            fields[field] = value
        }
    }

    /// The ways of `--key-origin`, parted by commas or given several times; `nil` when none is given. The word `any` stands for
    /// no demand, an inner `nil`.
    private func keyOrigins() throws -> [KeyOrigin]?? {
        guard let texts = context.invocation.values["key-origin"] else { return nil }
        guard texts != ["any"] else { return .some(nil) }
        return try texts.flatMap { $0.split(separator: ",").map(String.init) }.map { text in
            guard let origin = KeyOrigin(rawValue: text) else {
                throw CommandFailure(
                    .usage, "usage", "Nothing was saved: `\(text)` is no way to make a key.",
                    "Write device, tpm or made, or several with commas between them, or any.")
            }
            return origin
        }
    }
}
