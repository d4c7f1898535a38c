import Credentials
import Foundation
import HTTPClient
import Model
import TestSupport
import Testing

/// What the product will meet in the clouds is met by its HTTP client here, in the peers that stand in for them.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct CloudPeersTests {
    private func trusting(_ file: String) throws -> HTTPClient {
        try HTTPClient(trust: .authorities(String(contentsOfFile: file, encoding: .utf8)), allowsPlain: true)
    }

    @Test func `the AWS peer refuses what is not signed and does what it is told`() async throws {
        let peer = try AWSPeer()
        let client = try trusting(peer.ready.ca)
        for url in [peer.ready.url, peer.ready.secureURL] {
            let reply = try await client.send(HTTPCall(url: url + "/things"))
            #expect(reply.status == 403)
            #expect(reply.header("x-amzn-ErrorType") == "MissingAuthenticationTokenException")
        }
        try peer.order(.refuse, on: "ListThings")
        // On a connection that it used before, libcurl would send the request a second time by itself.
        let fresh = try trusting(peer.ready.ca)
        await #expect(throws: HTTPClientError.self) {
            try await fresh.send(HTTPCall(url: peer.ready.url + "/things"))
        }
        let requests = try peer.requests()
        #expect(requests.map(\.operation) == ["ListThings", "ListThings", "ListThings"])
        #expect(requests.map(\.status) == [403, 403, nil])
        #expect(requests.last?.faults == ["refuse"])
        try peer.reset()
        #expect(try peer.requests().isEmpty)
        #expect(Set(peer.ready.accounts.map(\.account)).count == 2)
        #expect(Set(peer.ready.accounts.map(\.region)).count == 2)
    }

    @Test func `the Azure peer lets a bearer in, throttles, and knows its limits`() async throws {
        let peer = try AzurePeer(["--retry-after", "0"])
        let client = try trusting(peer.ready.ca)
        let path = "/enrollments/meter-1?api-version=2021-10-01"
        func get() async throws -> HTTPReply {
            let bearer = "Bearer \(peer.ready.dps.bearer.unredacted)"
            return try await client.send(
                HTTPCall(url: peer.ready.dps.url + path, headers: [HTTPField("Authorization", bearer)]))
        }
        #expect(try await get().status == 404)
        try peer.order(.status(409, code: "409203"), on: "GET /enrollments/{id}")
        #expect(try await get().header("x-ms-error-code") == "409203")
        try peer.limit("GET /enrollments/{id}", to: 1, inSeconds: 600)
        #expect(try await get().status == 404)
        let throttled = try await get()
        #expect(throttled.status == 429)
        #expect(Int(throttled.header("Retry-After") ?? "") ?? 0 > 60)
        let requests = try peer.requests()
        #expect(requests.map(\.error) == ["404201", "409203", "404201", "429001"])
        #expect(requests.allSatisfy { $0.brokenAnswer == nil })
    }

    @Test func `a client certificate is asked for where devices prove themselves with one`() async throws {
        let peer = try AzurePeer()
        let identity = try PeerCredentials().device("meter-1")
        let client = try HTTPClient(
            trust: .authorities(String(contentsOfFile: peer.ready.ca, encoding: .utf8)),
            identity: HTTPClient.Identity(
                certificateChain: identity.chain.map { try $0.pem }.joined(), key: identity.key.pem))
        let url = "\(peer.ready.device.url)/\(peer.ready.device.idScope)/registrations/meter-1/register"
        let call = HTTPCall(
            method: "PUT", url: url + "?api-version=2021-10-01",
            headers: [HTTPField("Content-Type", "application/json")], body: Array("{}".utf8))
        let reply = try await client.send(call)
        // A stranger's certificate ends in an answer, not in a broken handshake.
        #expect(reply.status == 401)
        #expect(reply.header("x-ms-error-code") == "401002")
    }

    @Test func `the vendor's own client derives a device's key`() throws {
        let group = "8isrFI1sGsIlvvFSSFRiMfCNzv21fjbE/+ah/lSh3lF8e2YG1Te7w1KpZhJFFXJrqYKi9yegxkqIChbqOS9Egw=="
        let answer = try SecondClient.derivedKey(of: "meter-0001", group: Redacted(group))
        #expect(answer.contains("R3T8NrCxE+rTJPHJvF1PmuuufYtLQWxQgSvSr8aeMoo="))
    }
}
