import AWSIoT
import Model
import TargetCore
import Testing

/// The pages of a list of things, and of a search.
@Suite struct AWSListingTests {
    private func listing(_ query: String? = nil) -> any TargetListing {
        AWSTarget(
            targetID: TargetID(trusted: "t"),
            settings: AWSSettings(
                endpoint: AWSEndpoint(region: "eu-west-1"), accountID: "123456789012", policy: "devices"),
            certificateFacts: { _ in [] }
        ).listing(matching: query)
    }

    private func page(_ names: [String], next: String? = nil) -> CloudReply {
        let things = names.map {
            #"{"thingName":"\#($0)","attributes":{"device":"d-\#($0)","tenant":"acme"}}"#
        }
        let token = next.map { #","nextToken":"\#($0)""# } ?? ""
        return CloudReply(
            status: 200, body: Array("{\"things\":[\(things.joined(separator: ","))]\(token)}".utf8))
    }

    private func refusal(_ status: Int, _ type: String) -> CloudReply {
        CloudReply(status: status, headers: [.init("x-amzn-ErrorType", type)], body: Array("{}".utf8))
    }

    @Test func `pages follow each other by their marks`() throws {
        var listing = listing()
        #expect(listing.call?.name == "ListThings")
        #expect(listing.call?.query.contains { $0.name == "nextToken" } == false)
        let first = try listing.take(page(["a", "b"], next: "2"))
        #expect(first.map(\.name) == ["a", "b"])
        #expect(first.first?.device == DeviceID(trusted: "d-a") && first.first?.tenant?.rawValue == "acme")
        #expect(listing.call?.query.contains(.init("nextToken", "2")) == true)
        #expect(try listing.take(page(["c"])).map(\.name) == ["c"])
        #expect(listing.call == nil)
    }

    @Test func `a query is searched in the index`() throws {
        var listing = listing("attributes.site:oslo-1")
        let call = try #require(listing.call)
        #expect(call.name == "SearchIndex")
        #expect(String(decoding: call.body, as: UTF8.self).contains("attributes.site:oslo-1"))
        _ = try listing.take(page(["a"], next: "n"))
        let next = try #require(listing.call)
        #expect(String(decoding: next.body, as: UTF8.self).contains(#""nextToken":"n""#))
    }

    @Test func `a mark that was forgotten begins the list anew, but not for ever`() throws {
        var listing = listing()
        for _ in 0..<3 {
            _ = try listing.take(page(["a"], next: "2"))
            #expect(try listing.take(refusal(400, "InvalidRequestException")) == [])
            #expect(listing.call?.query.contains { $0.name == "nextToken" } == false)
        }
        _ = try listing.take(page(["a"], next: "2"))
        #expect(throws: TargetFault.self) { try listing.take(refusal(400, "InvalidRequestException")) }
    }

    @Test func `throttling, and what is no answer, asks for the same page again`() throws {
        var listing = listing()
        _ = try listing.take(page(["a"], next: "2"))
        let call = listing.call
        let strange = CloudReply(status: 200, body: Array("<html>sign in</html>".utf8))
        for reply in [
            refusal(400, "ThrottlingException"), refusal(503, "ServiceUnavailableException"), strange,
            page(["a"], next: "2"),
        ] {
            let fault = #expect(throws: TargetFault.self) { try listing.take(reply) }
            #expect(fault?.retry == .later)
            #expect(listing.call == call)
        }
    }
}
