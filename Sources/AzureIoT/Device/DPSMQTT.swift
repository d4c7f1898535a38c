import Model

/// The words of registration over MQTT 3.1.1 with TLS, port 8883; not for TPMs. Source: DPS documentation,
/// "Communicate with DPS using MQTT"; compared with what Microsoft's Python SDK sends.
package struct DPSMQTT: Equatable, Sendable {
    package var idScope: String
    package var id: RegistrationID

    package init(idScope: String, id: RegistrationID) {
        self.idScope = idScope
        self.id = id
    }

    package static let port = 8883
    package static let answers = "$dps/registrations/res/#"

    package var clientID: String { id.rawValue }

    /// The password is the token of a key; with a certificate there is none.
    package var username: String { "\(idScope)/registrations/\(id)/api-version=2019-03-31" }

    /// Where to publish; the number is in the answer's topic again.
    package func register(request: Int) -> String {
        "$dps/registrations/PUT/iotdps-register/?$rid=\(request)"
    }

    package func status(request: Int, operation: String) -> String {
        "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=\(request)&operationId=\(PercentEncoding.encode(operation))"
    }

    /// What the topic of an answer says.
    package struct Answer: Equatable, Sendable {
        package var status: Int
        package var request: Int?
        package var retryAfterSeconds: Int?

        /// `nil` for a topic that is no answer's.
        package init?(topic: String) {
            let prefix = "$dps/registrations/res/"
            guard topic.hasPrefix(prefix) else { return nil }
            let parts = topic.dropFirst(prefix.count).split(
                separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, let status = Int(first), (100...599).contains(status) else {
                return nil
            }
            self.status = status
            guard parts.count == 2, parts[1].hasPrefix("?") else { return }
            for property in parts[1].dropFirst().split(separator: "&") {
                let pair = property.split(separator: "=", maxSplits: 1)
                guard pair.count == 2 else { continue }
                switch pair[0] {
                case "$rid": request = Int(pair[1])
                case "retry-after": retryAfterSeconds = Int(pair[1]).flatMap { $0 >= 0 ? $0 : nil }
                default: continue
                }
            }
        }
    }
}
