internal import Foundation
internal import Glibc
internal import Synchronization

/// A socket that listens on a free port of this machine; closed when it goes.
final class ListeningSocket: Sendable {
    let number: Int32
    let port: UInt16

    init() throws {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = number
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, size) == 0 && listen(number, 16) == 0 && getsockname(number, $0, &size) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { _ = close(number) }
}

/// A peer that speaks no TLS; it keeps what it got.
package final class RawPeer: Sendable {
    package enum Behaviour: Sendable, CaseIterable {
        /// Accepts and never says a word.
        case silent
        case closesAtOnce
        /// A guest network's sign-in page, whatever is asked.
        case signInPage
    }

    package var port: UInt16 { socket.port }
    private let socket: ListeningSocket
    private let got = Mutex<[UInt8]>([])

    package init(_ behaviour: Behaviour) throws {
        socket = try ListeningSocket()
        // The thread keeps the socket until `deinit` has shut it.
        Thread.detachNewThread { [weak self, socket] in
            while case let peer = accept(socket.number, nil, nil), peer >= 0 {
                self?.serve(peer, behaviour)
                close(peer)
            }
        }
    }

    private func serve(_ peer: Int32, _ behaviour: Behaviour) {
        guard behaviour != .closesAtOnce else { return }
        var buffer = [UInt8](repeating: 0, count: 4096)
        var hasAnswered = false
        while case let count = recv(peer, &buffer, buffer.count, 0), count > 0 {
            got.withLock { $0 += buffer.prefix(count) }
            guard behaviour == .signInPage, !hasAnswered else { continue }
            let page =
                "HTTP/1.1 302 Found\r\nLocation: http://guest.example/sign-in\r\nContent-Length: 0\r\n\r\n"
            send(peer, page, page.utf8.count, Int32(MSG_NOSIGNAL))
            hasAnswered = true
        }
    }

    /// What clients sent so far.
    package var received: [UInt8] { got.withLock { $0 } }

    /// Whether all of it are records of a handshake that was given up: no application data. Source: RFC 8446, section 5.1.
    package var gotHandshakesOnly: Bool {
        var rest = received[...]
        while rest.count >= 5 {
            let bytes = Array(rest.prefix(5))
            guard (0x14...0x16).contains(bytes[0]), bytes[1] == 3 else { return false }
            rest = rest.dropFirst(5 + Int(bytes[3]) << 8 + Int(bytes[4]))
        }
        return rest.isEmpty
    }

    deinit { shutdown(socket.number, Int32(SHUT_RDWR)) }
}
