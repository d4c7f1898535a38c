import AWSIoT
import Model
import TargetCore
import Testing

/// Every call against the service model that AWS publishes.
@Suite struct AWSCallsTests {
    struct Table: Decodable {
        struct Operation: Decodable {
            var method: String
            var uri: String
            var query: [String]
            var headers: [String]
            var body: [String]
            var required: [String]
            var errors: [String]
        }
        var operations: [String: Operation]
    }

    static let id = String(repeating: "ab", count: 32)
    static let arn = "arn:aws:iot:eu-west-1:123456789012:cert/" + id
    static let config = AWSRegistrationConfig(templateBody: "{}", roleArn: "r", templateName: "t")

    static let things: [CloudCall] = [
        AWSCalls.describeEndpoint(), AWSCalls.searchIndex(query: "a:b", nextToken: "n"),
        AWSCalls.getIndexingConfiguration,
        AWSCalls.createThing("a:b", type: "t", attributes: ["a": "b"], billingGroup: "g"),
        AWSCalls.describeThing("a:b"),
        AWSCalls.updateThing(
            "a", type: "t", attributes: [:], merge: true, expectedVersion: 3, removeType: true),
        AWSCalls.deleteThing("a"), AWSCalls.listThings(attribute: ("a", "b"), nextToken: "n"),
        AWSCalls.attachThingPrincipal("a", principal: arn, exclusively: true),
        AWSCalls.detachThingPrincipal("a", principal: arn), AWSCalls.listThingPrincipals("a", nextToken: "n"),
        AWSCalls.listPrincipalThings(arn, nextToken: "n"), AWSCalls.getThingConnectivityData("a"),
        AWSCalls.createThingType("t", description: "d", searchable: ["a"]), AWSCalls.describeThingType("t"),
        AWSCalls.createThingGroup("g", parent: "p", description: "d"), AWSCalls.describeThingGroup("g"),
        AWSCalls.deleteThingGroup("g"), AWSCalls.addThing("a", toGroup: "g"),
        AWSCalls.removeThing("a", fromGroup: "g"), AWSCalls.listThingGroups(ofThing: "a", nextToken: "n"),
        AWSCalls.listThings(inGroup: "g", nextToken: "n"), AWSCalls.createBillingGroup("b"),
        AWSCalls.addThing("a", toBillingGroup: "b"), AWSCalls.removeThing("a", fromBillingGroup: "b"),
    ]
    static let certificates: [CloudCall] = [
        AWSCalls.createCertificateFromCsr("p"), AWSCalls.registerCertificate("p", authority: "a"),
        AWSCalls.registerCertificateWithoutCA("p"), AWSCalls.describeCertificate(id),
        AWSCalls.updateCertificate(id, to: .revoked), AWSCalls.deleteCertificate(id, force: true),
        AWSCalls.listCertificates(marker: "m"), AWSCalls.listCertificates(ofAuthority: id, marker: "m"),
        AWSCalls.transferCertificate(id, toAccount: "123456789012", message: "m"),
        AWSCalls.acceptCertificateTransfer(id), AWSCalls.rejectCertificateTransfer(id, reason: "r"),
        AWSCalls.cancelCertificateTransfer(id), AWSCalls.getRegistrationCode,
        AWSCalls.registerCACertificate(
            "p", verification: "v", isActive: true, registersItself: true, config: config),
        AWSCalls.describeCACertificate(id), AWSCalls.updateCACertificate(id, to: .inactive),
        AWSCalls.deleteCACertificate(id), AWSCalls.listCACertificates(marker: "m"),
        AWSCalls.createPolicy("a+b=c,d.e@f", document: "{}"), AWSCalls.getPolicy("p"),
        AWSCalls.deletePolicy("p"), AWSCalls.attachPolicy("p", to: arn),
        AWSCalls.detachPolicy("p", from: arn),
        AWSCalls.listAttachedPolicies(arn, marker: "m"),
    ]
    static let provisioning: [CloudCall] = [
        AWSCalls.createProvisioningTemplate(
            "t", body: "{}", role: "r", hook: AWSProvisioningHook(targetArn: "f")),
        AWSCalls.describeProvisioningTemplate("t"), AWSCalls.deleteProvisioningTemplate("t"),
        AWSCalls.createProvisioningTemplateVersion("t", body: "{}", setAsDefault: true),
        AWSCalls.listProvisioningTemplates(nextToken: "n"),
        AWSCalls.listProvisioningTemplateVersions("t", nextToken: "n"),
        AWSCalls.deleteProvisioningTemplateVersion("t", 3),
        AWSCalls.updateProvisioningTemplate(
            "t", role: "r", hook: AWSProvisioningHook(targetArn: "f"), isEnabled: true),
        AWSCalls.updateProvisioningTemplate("t", role: "r", hook: nil, isEnabled: false),
        AWSCalls.createProvisioningClaim("t"), AWSCalls.registerThing(template: "{}", parameters: ["a": "b"]),
        AWSCalls.startThingRegistrationTask(template: "{}", bucket: "b", key: "k", role: "r"),
        AWSCalls.describeThingRegistrationTask("t"),
        AWSCalls.listThingRegistrationTasks(status: "InProgress", nextToken: "n"),
        AWSCalls.stopThingRegistrationTask("t"),
        AWSCalls.listThingRegistrationTaskReports("t", type: .errors, nextToken: "n"),
    ]

    @Test func `every call has the method, path and members of the service model`() throws {
        let table = try Vectors.decode(Table.self, "operations.json").operations
        for call in Self.things + Self.certificates + Self.provisioning {
            let model = try #require(table[call.name], "\(call.name)")
            #expect(call.method == model.method, "\(call.name)")
            #expect(call.plane == "iot")
            let labels = model.uri.split(separator: "/").map(String.init)
            #expect(labels.count == call.path.count, "\(call.name)")
            for (label, part) in zip(labels, call.path) where !label.hasPrefix("{") {
                #expect(label == part, "\(call.name)")
            }
            let query = call.query.map(\.name)
            #expect(Set(query).isSubset(of: model.query) && Set(query).count == query.count, "\(call.name)")
            let headers = call.headers.map(\.name).filter { $0 != "Content-Type" }
            #expect(Set(headers).isSubset(of: model.headers), "\(call.name)")
            let body =
                call.body.isEmpty ? [:] : try CanonicalJSON.decode([String: JSONValue].self, from: call.body)
            #expect(Set(body.keys).isSubset(of: model.body), "\(call.name)")
            let required = Set(model.required)
            #expect(required.intersection(model.body).isSubset(of: body.keys), "\(call.name)")
            #expect(required.intersection(model.query).isSubset(of: query), "\(call.name)")
            #expect(call.body.isEmpty != call.headers.contains { $0.name == "Content-Type" }, "\(call.name)")
        }
    }

    @Test func `names are encoded once on the wire`() {
        #expect(AWSCalls.describeThing("site:7_meter-1").target == "/things/site%3A7_meter-1")
        #expect(AWSCalls.getPolicy("a+b=c,d.e@f").target == "/policies/a%2Bb%3Dc%2Cd.e%40f")
        #expect(AWSCalls.describeEndpoint().target == "/endpoint?endpointType=iot%3AData-ATS")
        #expect(AWSCalls.getCallerIdentity.target == "/")
    }

    @Test func `what doubles says so`() {
        let doubling = (Self.things + Self.certificates + Self.provisioning).filter {
            $0.repeats == .doubling
        }
        #expect(
            Set(doubling.map(\.name)) == [
                "CreateCertificateFromCsr", "CreateProvisioningTemplateVersion", "RegisterThing",
                "StartThingRegistrationTask", "TransferCertificate",
            ])
    }

    @Test func `limits name calls that are made, each with its source, and no name twice`() throws {
        let table = try Vectors.decode(Table.self, "operations.json").operations
        for limit in AWSLimits.all {
            #expect(!limit.source.isEmpty && limit.count > 0 && limit.plane == "iot")
            for call in limit.calls { #expect(table[call] != nil, "\(call)") }
        }
        #expect(Set(AWSLimits.all.map(\.name)).count == AWSLimits.all.count)
        let scarce = AWSLimits.all.filter { $0.covers(plane: "iot", call: "CreateCertificateFromCsr") }
        #expect(scarce.count == 2)
        #expect(scarce.allSatisfy { $0.count == 15 && $0.seconds == 1 })
    }
}
