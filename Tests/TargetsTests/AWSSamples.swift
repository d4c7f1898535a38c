import AWSIoT
import Foundation
import Model
import TargetCore
import Targets
import TestSupport

/// Settings of the stand-in for AWS, and what it holds.
enum AWSSamples {
    static func settings(
        _ way: TargetBench.Way, _ ready: AWSReady
    ) throws -> (TargetSettings, TargetSecrets) {
        let account = ready.accounts[0]
        let settings = AWSSettings(
            endpoint: AWSEndpoint(region: account.region, controlPlane: ready.url),
            accountID: account.account, issuer: way == .awsIssues ? .aws : .registrar, policy: "devices",
            attributes: ["site": "{site}"])
        return (
            TargetSettings(.aws(settings)),
            TargetSecrets([
                "accessKeyID": Redacted(account.accessKeyID), "secretAccessKey": account.secretAccessKey,
            ])
        )
    }

    /// What the account's administrator makes beforehand.
    static func prepare(_ line: TargetConnection, _ settings: AWSSettings, _ clock: BenchClock) async throws {
        let document =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:Connect","Resource":"*"}]}"#
        let made = try await line.send(
            AWSCalls.createPolicy(settings.policy, document: document), at: clock.now())
        guard made.status == 200 else {
            throw ProgramFailure(description: "the policy was not made: \(made.status) \(String(decoding: made.body, as: UTF8.self))")
        }
    }

    /// How many things and certificates there are.
    static func holdings(_ line: TargetConnection, _ clock: BenchClock) async throws -> [String: Int] {
        func count(_ call: CloudCall, _ member: String) async throws -> Int {
            let reply = try await line.send(call, at: clock.now())
            let body = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any]
            return (body?[member] as? [Any])?.count ?? -1
        }
        return [
            "things": try await count(AWSCalls.listThings(), "things"),
            "certificates": try await count(AWSCalls.listCertificates(), "certificates"),
        ]
    }
}
