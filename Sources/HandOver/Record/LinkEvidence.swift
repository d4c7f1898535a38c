/// By which way principals came to a device, for the record.
package struct LinkEvidence: Codable, Equatable, Sendable {
    package enum Transport: String, Codable, CaseIterable, Sendable {
        case directory, serial, console, http, https
        case shellCommand = "ssh command"
        case shellConsole = "ssh console"
        case shellDirectory = "ssh directory"

        /// Whether others on the way could listen; `nil` where there is no way but a cable or a stick.
        package var isEncrypted: Bool? {
            switch self {
            case .directory, .serial, .console: nil
            case .http: false
            case .https, .shellCommand, .shellConsole, .shellDirectory: true
            }
        }
    }

    package var transport: Transport
    package var isEncrypted: Bool?
    /// The key by which the other side proved who it is, as its host key's or certificate's fingerprint is
    /// written; `nil` where nothing was proven.
    package var peer: String?

    package init(_ transport: Transport, peer: String? = nil) {
        self.transport = transport
        isEncrypted = transport.isEncrypted
        self.peer = peer
    }

    package var text: String {
        let encryption = isEncrypted.map { $0 ? ", encrypted" : ", not encrypted" } ?? ""
        return transport.rawValue + encryption + (peer.map { ", proven by \($0)" } ?? "")
    }
}
