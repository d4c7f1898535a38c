import Model
import RegistrarCore
import RegistrarStore
import Wire

extension Registrar {
    /// Changes a product, unless somebody else did since the caller looked at it.
    func changeProduct(
        _ id: ProductID, _ body: [UInt8], by caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> Product {
        try Self.check(.administer, caller, now)
        let change: Replacement<Product> = try Self.read(body)
        guard change.from.productID == id, change.to.productID == id else {
            throw RequestFailure(
                Problem(.requestMalformed, detail: "The address and the body name different products."))
        }
        if let fault = change.to.fault { throw RequestFailure(Problem(.requestMalformed, detail: fault)) }
        let isKnown = try await ask { store in
            try await store.change(change, by: caller.operatorID, at: now)
        }
        guard isKnown else {
            throw RequestFailure(Problem(.notFound, detail: "There is no product \(id)."))
        }
        return change.to
    }
}
