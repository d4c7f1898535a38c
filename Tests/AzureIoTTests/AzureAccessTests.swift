import AzureIoT
import Model
import Testing

@Suite struct AzureAccessTests {
    @Test func `a stored way of access names no key`() throws {
        let text = try CanonicalJSON.text(AzureAccess.sharedAccess(policy: "provisioningserviceowner"))
        #expect(text == #"{"sharedAccess":{"policy":"provisioningserviceowner"}}"#)
    }
}
