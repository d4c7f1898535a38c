import AzureIoT
import Model
import Testing

@Suite struct AzureAccessTests {
    @Test func `a stored way of access names no key`() throws {
        let text = try CanonicalJSON.text(AzureAccess.sharedAccess(policy: "provisioningserviceowner"))
        #expect(text == #"{"sharedAccess":{"policy":"provisioningserviceowner"}}"#)
    }

    @Test(arguments: [
        (AzureAccess.bearerFile("/run/token"), #"{"bearerFile":"/run/token"}"#),
        (.bearerCommand(["/usr/bin/az", "account"]), #"{"bearerCommand":["/usr/bin/az","account"]}"#),
    ])
    func `each way is written as the command line sets it`(_ access: AzureAccess, _ text: String) throws {
        #expect(try CanonicalJSON.text(access) == text)
        #expect(try CanonicalJSON.decode(AzureAccess.self, from: Array(text.utf8)) == access)
    }
}
