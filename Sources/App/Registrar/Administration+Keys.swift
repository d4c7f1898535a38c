import CommandTable
import Model
import Wire

extension Administration {
    func listKeys() async throws {
        let keys: Items<OperatorKey> = try await client.get(.operatorKeys(try name(OperatorID.self)))
        for key in keys.items {
            context.console.print(key)
            context.console.show(Self.line(key))
        }
    }

    func revokeKey() async throws {
        let id = try name(OperatorKeyID.self)
        let key: OperatorKey = try await client.post([String: String](), to: .revokeKey(id))
        context.console.print(key)
        context.console.show("Key \(key.keyID) of \(key.operatorID) has ended; nothing it signed is taken.")
    }

    private static func line(_ key: OperatorKey) -> String {
        let end = key.until.map { "\(key.revoked ? "revoked" : "ends") \($0)" } ?? "in use"
        return "\(key.keyID)  from \(key.from)  \(end)"
    }
}
