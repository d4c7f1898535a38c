import Model
import Testing

@Suite struct IdentifierTests {
    @Test func `an operation id carries its time and the version and variant of a UUIDv7`() {
        let id = OperationID(milliseconds: 0x0123_4567_89AB, random: [UInt8](repeating: 0xFF, count: 10))
        #expect(id.rawValue == "01234567-89ab-7fff-bfff-ffffffffffff")
        #expect(OperationID(rawValue: id.rawValue) == id)
    }

    @Test(arguments: [
        "", "01234567-89ab-4fff-bfff-ffffffffffff", "01234567-89AB-7fff-bfff-ffffffffffff",
        "0123456789ab7fffbfffffffffffffff", "01234567-89ab-7fff-bfff-fffffffffff/",
    ])
    func `text that is no UUIDv7 in canonical form is refused`(text: String) {
        #expect(OperationID(rawValue: text) == nil)
    }

    @Test(arguments: ["acme", "a", "site-3.b_c", "0x", String(repeating: "a", count: 63)])
    func `names of letters, digits, dot, dash and underscore are taken`(text: String) {
        #expect(TenantID(rawValue: text)?.rawValue == text)
    }

    @Test(arguments: ["", "-a", "Acme", "a b", "ä", "a/b", "../etc", String(repeating: "a", count: 64)])
    func `other names are refused, in JSON too`(text: String) throws {
        #expect(TenantID(rawValue: text) == nil)
        let json = try CanonicalJSON.encode([text])
        #expect(throws: DecodingError.self) { try CanonicalJSON.decode([TenantID].self, from: json) }
    }

    @Test func `a device's lane is its most telling identifier, and a serial belongs to its product`() throws
    {
        let product = try #require(ProductID(rawValue: "ls1"))
        let identity = DeviceIdentity(
            product: product,
            fields: ["serial": "A/1", "devEUI": "0004A30B001C0530", "secret.claimCode": "hush"])
        #expect(identity.lane?.rawValue == "devEUI:0004A30B001C0530")
        #expect(identity.identifiers.map(\.rawValue) == ["devEUI:0004A30B001C0530", "serial:ls1/A/1"])
        #expect(identity.identifiers.last?.value == "A/1")
        #expect(identity.fields["secret.claimCode"] == nil)
        #expect(DeviceIdentity(fields: ["gtin": "09501101530003"]).lane == nil)
    }

    @Test func `the most specific product wins, and equal ones leave the choice open`() throws {
        func product(_ id: String, _ fields: [String: String]) throws -> Product {
            Product(productID: try #require(ProductID(rawValue: id)), name: id, labelFields: fields)
        }
        let wide = try product("wide", ["vendor": "N"])
        let narrow = try product("narrow", ["vendor": "N", "product": "X"])
        let rival = try product("rival", ["vendor": "N"])
        let fields = ["vendor": "N", "product": "X"]
        #expect([wide, narrow].matching(fields)?.productID == narrow.productID)
        #expect([wide, rival].matching(fields) == nil)
        #expect([narrow].matching(["vendor": "N"]) == nil)
    }
}
