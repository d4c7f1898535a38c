import AWSIoT
import Model
import Testing

@Suite struct AWSEndpointTests {
    @Test func `an endpoint is stored by its region`() throws {
        let text = try CanonicalJSON.text(AWSEndpoint(region: "eu-west-1"))
        #expect(text == #"{"region":"eu-west-1"}"#)
    }
}
