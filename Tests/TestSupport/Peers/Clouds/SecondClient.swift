package import Model
internal import Processes

/// The clouds' vendors' own clients, to look at a peer with other eyes than the product's.
package enum SecondClient {
    /// boto3: a thing, its principals, and the policies and state of each, as JSON.
    package static func thing(_ name: String, of peer: AWSPeer, as account: AWSAccount) throws -> String {
        try boto3("boto3-thing", ["--thing", name], peer, account)
    }

    /// boto3: makes a policy that allows everything, as an account's administrator does beforehand.
    package static func makePolicy(_ name: String, of peer: AWSPeer, as account: AWSAccount) throws {
        _ = try boto3("boto3-policy", ["--name", name], peer, account)
    }

    /// boto3: provisioning templates with their bodies, CA certificates and registration tasks, as JSON.
    package static func fleet(of peer: AWSPeer, as account: AWSAccount) throws -> String {
        try boto3("boto3-fleet", [], peer, account)
    }

    /// boto3: sets what fleet indexing takes in, as an account's administrator does: `REGISTRY` or `OFF`, and whether a device is
    /// connected.
    package static func index(
        _ things: String, connectivity: String = "OFF", of peer: AWSPeer, as account: AWSAccount
    ) throws {
        _ = try boto3("boto3-index", ["--things", things, "--connectivity", connectivity], peer, account)
    }

    /// boto3: enters a certificate in a file under an authority that the account knows; it is not let in.
    package static func register(
        _ certificate: String, under authority: String, of peer: AWSPeer, as account: AWSAccount
    ) throws {
        _ = try boto3(
            "boto3-register", ["--authority", authority, "--certificate", certificate], peer, account)
    }

    /// awsiotsdk: fleet provisioning by the claim in a directory for the request in a file, as JSON.
    package static func provision(
        _ serial: String, by claim: String, template: String, request: String, at peer: AWSPeer
    ) throws -> String {
        try run(
            [
                "awsiot-fleet", "--mqtt", peer.ready.mqtt ?? "", "--ca", peer.ready.ca, "--claim", claim,
                "--template", template, "--serial", serial, "--csr", request,
            ], [:])
    }

    /// awsiotsdk: a message of a thing to itself with the certificate and key in two files.
    package static func hello(
        _ thing: String, certificate: String, key: String, at peer: AWSPeer
    ) throws -> String {
        try run(
            [
                "awsiot-hello", "--mqtt", peer.ready.mqtt ?? "", "--ca", peer.ready.ca, "--thing", thing,
                "--certificate", certificate, "--key", key,
            ], [:])
    }

    private static func boto3(
        _ command: String, _ options: [String], _ peer: AWSPeer, _ account: AWSAccount
    ) throws -> String {
        try run(
            [command, "--url", peer.ready.url, "--region", account.region] + options,
            [
                "AWS_ACCESS_KEY_ID": account.accessKeyID,
                "AWS_SECRET_ACCESS_KEY": account.secretAccessKey.unredacted,
            ])
    }

    /// azure-iot-hub: a device in a hub's registry and its twin, without keys, as JSON.
    package static func device(_ name: String, of peer: AzurePeer, hub: AzureService) throws -> String {
        try azureHub("azure-hub-device", name, peer, hub)
    }

    /// azure-iot-hub: enters a device with keys of the hub's making, as somebody does by hand.
    package static func makeDevice(_ name: String, of peer: AzurePeer, hub: AzureService) throws {
        _ = try azureHub("azure-hub-create", name, peer, hub)
    }

    /// azure-iot-hub: takes a device away, as somebody does by hand.
    package static func deleteDevice(_ name: String, of peer: AzurePeer, hub: AzureService) throws {
        _ = try azureHub("azure-hub-delete", name, peer, hub)
    }

    private static func azureHub(
        _ command: String, _ name: String, _ peer: AzurePeer, _ hub: AzureService
    ) throws -> String {
        let policy = try require(hub.policy("iothubowner"))
        return try run(
            [
                command, "--url", hub.url, "--ca", peer.ready.ca, "--hub", hub.name,
                "--policy", policy.name, "--device", name,
            ], ["AZURE_KEY": policy.key.unredacted])
    }

    /// azure-iot-device: the key of one device of a group, as JSON.
    package static func derivedKey(of registrationID: String, group: Redacted<String>) throws -> String {
        try run(["azure-derive", "--registration", registrationID], ["AZURE_KEY": group.unredacted])
    }

    /// azure-iot-device: a shared access signature that ends at a second since 1970, as JSON.
    package static func token(
        for resource: String, key: Redacted<String>, policy: String?, expiry: Int64
    ) throws -> String {
        let named = policy.map { ["--policy", $0] } ?? []
        return try run(
            ["azure-token", "--resource", resource, "--expiry", "\(expiry)"] + named,
            ["AZURE_KEY": key.unredacted])
    }

    private static func require(_ policy: AzurePolicy?) throws -> AzurePolicy {
        guard let policy else { throw ProgramFailure(description: "the hub has no such policy") }
        return policy
    }

    private static func run(_ arguments: [String], _ variables: [String: String]) throws -> String {
        let done = try Child.run(
            CloudPeers.python, arguments: [CloudPeers.programs + "second_clients.py"] + arguments,
            environment: variables.merging(["PATH": "/usr/bin:/bin"]) { $1 }, timeout: .seconds(60))
        guard done.status == .exited(0) else {
            throw ProgramFailure(description: "second_clients.py \(arguments[0]): \(done.errorsText)")
        }
        return done.outputText
    }
}
