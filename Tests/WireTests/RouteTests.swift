import Model
import Testing
import Wire

@Suite struct RouteTests {
    private static func routes() throws -> [Route] {
        let tenant = try #require(TenantID(rawValue: "acme"))
        let device = try #require(DeviceID(rawValue: "d-1"))
        let operation = OperationID(milliseconds: 1, random: [UInt8](repeating: 0, count: 10))
        return [
            .hello, .openAPI, .submitOperations, .operation(operation), .changes(cursor: nil, tenant: tenant),
            .changes(cursor: "1.2/ü&=", tenant: tenant), .findDevices(query: "", tenant: nil),
            .findDevices(query: "SN 1/2?", tenant: tenant), .device(device), .deviceHistory(device),
            .provisioningClaim(device),
            .placement(PlacementQuery(tenant: tenant, serial: "SN 1/2?&=")),
            .placement(
                PlacementQuery(
                    tenant: tenant, serial: "ü", site: SiteID(trusted: "oslo"),
                    product: ProductID(trusted: "dock"))),
            .audit(after: 7), .closeJob(JobID(trusted: "WO-7.a_b"), tenant: tenant),
            .changeProduct(ProductID(trusted: "dock")),
        ] + Route.Collection.allCases.flatMap { [.list($0), .add($0)] }
    }

    @Test func `every route finds itself again from its request`() throws {
        for route in try Self.routes() { #expect(try Route(route.request()) == route) }
    }

    @Test func `only hello and the API document answer without a token`() throws {
        #expect(try Self.routes().filter(\.isOpen) == [.hello, .openAPI])
    }

    @Test(arguments: [
        ("GET", "/v1/nothing", ProblemCode.notFound), ("GET", "/", .notFound),
        ("GET", "/v2/hello", .notFound),
        ("GET", "/v1/operations", .methodNotAllowed), ("POST", "/v1/hello", .methodNotAllowed),
        ("GET", "/v1/operations/nonsense", .requestMalformed), ("GET", "/v1/changes", .requestMalformed),
        ("GET", "/v1/devices/%2e%2e%2fetc", .requestMalformed), ("GET", "/v1/devices/%zz", .requestMalformed),
        ("GET", "/v1/devices/d-1/history/more", .notFound),
        ("GET", "/v1/devices/d-1/provisioning-claim", .methodNotAllowed),
        ("GET", "/v1/placement", .requestMalformed), ("POST", "/v1/placement", .requestMalformed),
        ("GET", "/v1/jobs/WO-7/close", .requestMalformed), ("POST", "/v1/jobs/WO-7/open", .notFound),
        ("POST", "/v1/jobs/-/close", .requestMalformed),
    ])
    func `a request that fits no route says why`(method: String, path: String, code: ProblemCode) throws {
        let request = APIRequest(method: try #require(APIRequest.Method(rawValue: method)), path: path)
        do {
            let route = try Route(request)
            Issue.record("found \(route)")
        } catch { #expect(error.problem.knownCode == code) }
    }

    @Test func `percent-encoding keeps every byte and refuses broken escapes`() {
        let text = "a b/ü%?&=+~"
        #expect(PercentEncoding.decode(PercentEncoding.encode(text)) == text)
        for broken in ["%", "%4", "%gg", "%ff"] { #expect(PercentEncoding.decode(broken) == nil) }
    }
}
