import AWSIoT
import Model
import TargetCore
import Testing

@Suite struct AWSFleetTests {
    private let start = Timestamp(milliseconds: 1_700_000_000_000)
    private let certificates = "$aws/certificates/create-from-csr/json"
    private let things = "$aws/provisioning-templates/meters/provision/json"

    private func exchange(claimExpires: Timestamp? = nil) -> FleetProvisioning {
        FleetProvisioning(
            template: "meters", requestPEM: "CSR", parameters: ["SerialNumber": "SN7"],
            claimExpires: claimExpires)
    }

    private func answer(_ topic: String, _ json: String) -> FleetProvisioning.Event {
        .received(topic: topic, payload: Array(json.utf8))
    }

    private let issued =
        #"{"certificateId":"id","certificatePem":"PEM","certificateOwnershipToken":"t0ken"}"#

    @Test func `both answers are subscribed before anything is asked, and the end is a new identity`() {
        var exchange = exchange(claimExpires: start.advanced(bySeconds: 300))
        #expect(
            exchange.handle(.connected, at: start) == [
                .subscribe([
                    certificates + "/accepted", certificates + "/rejected", things + "/accepted",
                    things + "/rejected",
                ])
            ])
        #expect(
            exchange.handle(.subscribed, at: start) == [
                .publish(topic: certificates, payload: Array(#"{"certificateSigningRequest":"CSR"}"#.utf8))
            ])
        let asked = exchange.handle(answer(certificates + "/accepted", issued), at: start)
        #expect(
            asked == [
                .publish(
                    topic: things,
                    payload: Array(
                        #"{"certificateOwnershipToken":"t0ken","parameters":{"SerialNumber":"SN7"}}"#.utf8))
            ])
        #expect(!"\(exchange)".contains("t0ken"))
        // The claim may run out now: the certificate is there.
        let done = exchange.handle(
            answer(things + "/accepted", #"{"thingName":"meter-1","deviceConfiguration":{"a":"b"}}"#),
            at: start.advanced(bySeconds: 400))
        guard case .changeTo(let identity) = done.first else {
            Issue.record("it ended in \(done)")
            return
        }
        #expect(identity.certificatePEM == "PEM" && identity.thingName == "meter-1")
        #expect(identity.deviceConfiguration == ["a": "b"])
        #expect(exchange.handle(answer(things + "/accepted", "{}"), at: start) == [])
    }

    @Test func `a connection lost goes on with the token while it lives, and starts anew after`() {
        for (seconds, topic) in [(Int64(3599), things), (3601, certificates)] {
            var exchange = exchange()
            _ = exchange.handle(.connected, at: start)
            _ = exchange.handle(.subscribed, at: start)
            _ = exchange.handle(answer(certificates + "/accepted", issued), at: start)
            let later = start.advanced(bySeconds: seconds)
            #expect(exchange.handle(.disconnected, at: later) == [.reconnect])
            _ = exchange.handle(.connected, at: later)
            guard case .publish(let published, _) = exchange.handle(.subscribed, at: later).first else {
                Issue.record("nothing was published")
                continue
            }
            #expect(published == topic)
        }
    }

    @Test(arguments: [
        (403, "aws_fleet_forbidden", TargetFault.Retry.never), (404, "aws_fleet_template", .never),
        (429, "aws_fleet_throttled", .later), (500, "aws_fleet_unavailable", .later),
        (400, "aws_fleet_request", .never), (0, "aws_fleet_unknown", .never),
    ])
    func `a rejection is explained`(_ status: Int, _ code: String, _ retry: TargetFault.Retry) {
        var exchange = exchange()
        _ = exchange.handle(.connected, at: start)
        _ = exchange.handle(.subscribed, at: start)
        let end = exchange.handle(
            answer(
                certificates + "/rejected",
                #"{"statusCode":\#(status),"errorCode":"E","errorMessage":"no\u001b"}"#), at: start)
        guard case .refuse(let fault) = end.first else {
            Issue.record("it ended in \(end)")
            return
        }
        #expect(fault.code == code && fault.retry == retry && fault.theirs == "E")
        #expect(!fault.what.contains("\u{1B}"))
    }

    @Test func `odd answers are refused, and a claim that has run out is not tried`() {
        for odd in ["", "[]", "{}", #"{"certificateId":1}"#] {
            var exchange = exchange()
            _ = exchange.handle(.connected, at: start)
            _ = exchange.handle(.subscribed, at: start)
            guard
                case .refuse(let fault) = exchange.handle(answer(certificates + "/accepted", odd), at: start)
                    .first
            else {
                Issue.record("\(odd) was taken")
                continue
            }
            #expect(fault.code == "aws_fleet_answer")
        }
        var late = exchange(claimExpires: start)
        guard case .refuse(let fault) = late.handle(.connected, at: start.advanced(bySeconds: 1)).first else {
            Issue.record("a claim that has run out was tried")
            return
        }
        #expect(fault.code == "aws_claim_expired")
    }

    @Test func `a claim lives five minutes and does not print its key`() throws {
        let body = #"{"certificateId":"i","certificatePem":"p","keyPair":{"PrivateKey":"s3cr3t"}}"#
        let claim = try #require(AWSClaim(CloudReply(status: 200, body: Array(body.utf8)), asked: start))
        #expect(claim.secondsLeft(at: start) == 300)
        #expect(claim.secondsLeft(at: start.advanced(bySeconds: 301)) == 0)
        #expect(!"\(claim)".contains("s3cr3t"))
        #expect(AWSClaim(CloudReply(status: 200, body: Array("{}".utf8)), asked: start) == nil)
        #expect(AWSClaim(CloudReply(status: 400, body: Array(body.utf8)), asked: start) == nil)
    }
}
