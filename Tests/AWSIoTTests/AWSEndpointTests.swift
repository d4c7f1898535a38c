import AWSIoT
import Model
import Testing

@Suite struct AWSEndpointTests {
    @Test func `an endpoint is stored by its region`() throws {
        let text = try CanonicalJSON.text(AWSEndpoint(region: "eu-west-1"))
        #expect(text == #"{"region":"eu-west-1"}"#)
    }

    struct Resolved: Decodable {
        struct Case: Decodable {
            var region: String
            var fips: Bool
            var dualStack: Bool
            var url: String
        }
        var cases: [Case]
    }

    @Test func `addresses are those of AWS's own rules in every partition`() throws {
        let cases = try Vectors.decode(Resolved.self, "endpoints.json").cases
        #expect(cases.count == 28)
        for known in cases {
            let endpoint = AWSEndpoint(region: known.region, fips: known.fips, dualStack: known.dualStack)
            #expect(endpoint.address(of: .iot) == known.url)
            #expect("https://" + endpoint.host(of: .iot) == known.url)
        }
    }

    @Test func `an address of one's own keeps its port and loses the usual one`() {
        #expect(
            AWSEndpoint(region: "r", controlPlane: "http://127.0.0.1:5151/").host(of: .iot)
                == "127.0.0.1:5151")
        #expect(
            AWSEndpoint(region: "r", controlPlane: "https://iot.example:443").host(of: .iot) == "iot.example")
        #expect(AWSEndpoint(region: "r", signingName: "execute-api").signingName(of: .iot) == "execute-api")
        #expect(AWSEndpoint(region: "r", signingName: "execute-api").signingName(of: .sts) == "sts")
    }

    @Test func `a certificate's name is read in every partition and nothing else is taken for one`() {
        let id = String(repeating: "ab", count: 32)
        for region in ["eu-west-1", "cn-north-1", "us-gov-west-1"] {
            let name = AWSName(
                .certificate, id, endpoint: AWSEndpoint(region: region), account: "123456789012")
            #expect(AWSName(name.description) == name)
            #expect(AWSName(name.description)?.certificateID == id)
        }
        for text in ["", "arn:aws:iot:eu-west-1:1:cert", "arn:aws:s3:::a/b", "arn:aws:iot:r:1:thing/\(id)"] {
            #expect(AWSName(text)?.certificateID == nil)
        }
    }
}
