import DeviceClouds
import Testing

@Suite struct AzureScopeTests {
    @Test func `a scope is at the public address unless another one is named`() throws {
        let usual = try #require(AzureScope("dps:0ne00AABBCC"))
        #expect(usual.idScope == "0ne00AABBCC")
        #expect(usual.url == "https://global.azure-devices-provisioning.net")
        #expect(usual.description == "dps:0ne00AABBCC")
        let own = try #require(AzureScope("dps:0ne00AABBCC@https://localhost:8443/"))
        #expect(own.idScope == "0ne00AABBCC" && own.url == "https://localhost:8443")
        #expect(own.description == "dps:0ne00AABBCC@https://localhost:8443")
    }

    @Test(arguments: [
        "", "0ne00AABBCC", "dps:", "dps:@https://localhost", "dps:0ne00/AA", "dps:0ne00@",
        "dps:0ne00@https://",
        "dps:0ne00@http://localhost", "dps:0ne00@https://a b", "DPS:0ne00", "dps:0nė00",
    ])
    func `anything else is none`(_ text: String) {
        #expect(AzureScope(text) == nil)
    }
}
