import AWSIoT
import Credentials
import Model
import TargetCore

extension AWSModel {
    mutating func answerCertificates(_ call: CloudCall, _ body: [String: JSONValue]) -> CloudReply? {
        let id = call.path.last ?? ""
        switch call.name {
        case "CreateCertificateFromCsr":
            serial += 1
            let key = FakePEM.body(body["certificateSigningRequest"]?.text ?? "")
            let pem = FakePEM.certificate(key: key, serial: serial)
            let id = add(pem, status: "INACTIVE")
            return fine([
                "certificateId": .text(id), "certificateArn": .text(Self.arn(id)),
                "certificatePem": .text(pem),
            ])
        case "RegisterCertificate", "RegisterCertificateWithoutCA":
            let pem = body["certificatePem"]?.text ?? ""
            let id = FakePEM.id(pem)
            guard certificates[id] == nil else {
                return Self.refusal(
                    409, "ResourceAlreadyExistsException",
                    extra: #","resourceId":"\#(id)","resourceArn":"\#(Self.arn(id))""#)
            }
            _ = add(pem, status: body["status"]?.text ?? "")
            return fine(["certificateId": .text(id), "certificateArn": .text(Self.arn(id))])
        case "DescribeCertificate":
            guard let certificate = certificates[id] else {
                return Self.refusal(404, "ResourceNotFoundException")
            }
            return fine(["certificateDescription": .object(listed(id, certificate, pem: true))])
        case "UpdateCertificate":
            guard certificates[id] != nil else { return Self.refusal(404, "ResourceNotFoundException") }
            let status = query(call, "newStatus") ?? ""
            certificates[id]?.status = status
            return fine()
        case "DeleteCertificate": return deleteCertificate(id, force: query(call, "forceDelete") == "true")
        case "ListCertificates": return listCertificates(query(call, "marker"))
        default: return nil
        }
    }

    mutating func add(_ pem: String, status: String) -> String {
        let id = FakePEM.id(pem)
        certificates[id] = Certificate(pem: pem, status: status, created: clock)
        return id
    }

    private func listed(_ id: String, _ certificate: Certificate, pem: Bool) -> [String: JSONValue] {
        var members: [String: JSONValue] = [
            "certificateId": .text(id), "certificateArn": .text(Self.arn(id)),
            "status": .text(certificate.status), "creationDate": .number(Double(certificate.created) + 0.5),
        ]
        if pem { members["certificatePem"] = .text(certificate.pem) }
        return members
    }

    private mutating func deleteCertificate(_ id: String, force: Bool) -> CloudReply {
        guard let certificate = certificates[id] else {
            return Self.refusal(404, "ResourceNotFoundException")
        }
        guard certificate.status != "ACTIVE" else { return Self.refusal(406, "CertificateStateException") }
        guard !attachments.contains(where: { $0.certificate == id }),
            force || certificate.policies.isEmpty
        else { return Self.refusal(409, "DeleteConflictException") }
        certificates[id] = nil
        return fine()
    }

    /// Two to a page, so that pages are turned.
    private func listCertificates(_ marker: String?) -> CloudReply {
        let all = certificates.sorted { $0.value.created > $1.value.created }
        let start = marker.flatMap { Int($0) } ?? 0
        var members: [String: JSONValue] = [
            "certificates": .list(
                all.dropFirst(start).prefix(2).map { .object(listed($0.key, $0.value, pem: false)) })
        ]
        if start + 2 < all.count { members["nextMarker"] = .text(String(start + 2)) }
        return fine(members)
    }

    mutating func answerRest(_ call: CloudCall, _ body: [String: JSONValue]) -> CloudReply? {
        let thing = call.path.count > 1 ? call.path[1] : ""
        switch call.name {
        case "DescribeEndpoint":
            return fine(["endpointAddress": .text("abc123-ats.iot.eu-west-1.amazonaws.com")])
        case "AttachPolicy", "DetachPolicy":
            guard let id = AWSName(body["target"]?.text ?? "")?.name, certificates[id] != nil,
                policies.contains(thing)
            else { return Self.refusal(404, "ResourceNotFoundException") }
            if call.name == "AttachPolicy" {
                certificates[id]?.policies.insert(thing)
            } else {
                certificates[id]?.policies.remove(thing)
            }
            return fine()
        case "ListAttachedPolicies":
            let names = certificates[AWSName(thing)?.name ?? ""]?.policies.sorted() ?? []
            return fine(["policies": .list(names.map { .object(["policyName": .text($0)]) })])
        case "AttachThingPrincipal", "DetachThingPrincipal", "ListThingPrincipals", "ListPrincipalThings":
            return answerPrincipals(call, thing)
        case "SearchIndex": return search(body["queryString"]?.text ?? "")
        default: return nil
        }
    }

    private mutating func answerPrincipals(_ call: CloudCall, _ thing: String) -> CloudReply {
        let id = principal(call)
        switch call.name {
        case "AttachThingPrincipal":
            guard things[thing] != nil, certificates[id] != nil else {
                return Self.refusal(404, "ResourceNotFoundException")
            }
            attachments.removeAll { $0.thing == thing && $0.certificate == id }
            if query(call, "thingPrincipalType") == "EXCLUSIVE_THING",
                attachments.contains(where: { $0.certificate == id })
            {
                return Self.refusal(400, "InvalidRequestException")
            }
            attachments.append(Attachment(thing: thing, certificate: id))
            return fine()
        case "DetachThingPrincipal":
            for index in attachments.indices
            where attachments[index].thing == thing && attachments[index].certificate == id {
                attachments[index].detachedAt = attachments[index].detachedAt ?? clock
            }
            return fine()
        case "ListPrincipalThings":
            let names = attachments.filter { $0.certificate == id && $0.detachedAt == nil }.map(\.thing)
            return fine(["things": .list(names.map { .text($0) })])
        default:
            // One to a page.
            let all = attachments.filter { $0.thing == thing && $0.detachedAt == nil }.map(\.certificate)
            let start = query(call, "nextToken").flatMap { Int($0) } ?? 0
            var members: [String: JSONValue] = [
                "principals": .list(all.dropFirst(start).prefix(1).map { .text(Self.arn($0)) })
            ]
            if start + 1 < all.count { members["nextToken"] = .text(String(start + 1)) }
            return fine(members)
        }
    }

    private func search(_ query: String) -> CloudReply {
        guard let connectivity else { return Self.refusal(400, "IndexNotReadyException") }
        let found = things.keys.filter { query == "thingName:\"\($0)\"" }
        return fine([
            "things": .list(
                found.map { name in
                    var thing: [String: JSONValue] = ["thingName": .text(name)]
                    if let seen = connectivity[name] {
                        thing["connectivity"] = .object(
                            seen.map { ["connected": .boolean(true), "timestamp": .number(Double($0))] }
                                ?? ["connected": .boolean(false)])
                    }
                    return .object(thing)
                })
        ])
    }
}

/// Texts of the form of PEM whose contents are only a key and a number, so that the model needs no library.
enum FakePEM {
    static func body(_ pem: String) -> String {
        pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
    }

    /// The key's text is the request's body, so that both are of one key.
    static func certificate(key: String, serial: Int) -> String {
        let text = Base64.encode(Array("\(serial)|\(key)".utf8))
        return "-----BEGIN CERTIFICATE-----\n\(text)\n-----END CERTIFICATE-----\n"
    }

    static func request(_ key: String) -> String { Base64.encode(Array(key.utf8)) }

    static func requestPEM(_ key: String) -> String {
        "-----BEGIN CERTIFICATE REQUEST-----\n\(request(key))\n-----END CERTIFICATE REQUEST-----\n"
    }

    static func id(_ pem: String) -> String {
        Hexadecimal.encode(Digest.sha256(Base64.decode(body(pem)) ?? []))
    }

    @Sendable static func facts(_ pem: String) -> [CertificateFacts] {
        guard let bytes = Base64.decode(body(pem)) else { return [] }
        let isRequest = pem.hasPrefix("-----BEGIN CERTIFICATE REQUEST-----")
        let text = String(decoding: bytes, as: UTF8.self)
        let key = isRequest ? body(pem) : String(text.drop { $0 != "|" }.dropFirst())
        return [
            CertificateFacts(
                form: isRequest
                    ? .request
                    : .certificate(
                        issuer: "CN=AWS", notBefore: Timestamp(milliseconds: 0),
                        notAfter: Timestamp(milliseconds: 4_000_000_000_000)),
                subject: "CN=meter-1", commonName: "meter-1", key: .p256,
                publicKeyHash: PayloadHash(digest: Digest.sha256(Array(key.utf8))),
                fingerprint: PayloadHash(digest: Digest.sha256(bytes)), digest: "SHA256",
                isSignedByItsKey: isRequest)
        ]
    }
}
