import CEvil
import Glibc
import Model
import Processes
import ScanProtocol

/// A decode worker in the hands of an intruder: confined as the real one is, it takes a picture and then does
/// what its first argument says. What it could not do it tells in the words of its reply.
enum EvilWorker {
    static func run(_ arguments: [String]) -> Int32 {
        if let (path, withoutFilters) = launch(arguments) {
            return cevil_become_on_old_kernel(path, "--socket", withoutFilters ? 1 : 0)
        }
        guard let deed = arguments.first.flatMap(Deed.init) else { return 64 }
        do {
            let connection = try Connection(Descriptor(owning: ScanMessage.socketNumber))
            let sockets = Sockets()
            let layers: Confinement.Layers = arguments.contains("--landlock-only") ? .landlock : .all
            let achieved = try Confinement.decoder(socket: ScanMessage.socketNumber).apply(layers: layers)
            while true {
                let (bytes, file) = try connection.readPassed(exactly: ScanMessage.requestBytes, by: nil)
                guard let ticket = ScanMessage.request(bytes)?.ticket else { return 1 }
                try Confinement.allowCPU(seconds: 1)
                let words = deed.perform(
                    Circumstances(
                        ticket: ticket, picture: file, detail: arguments.dropFirst().first ?? "",
                        sockets: sockets, landlock: achieved))
                let reply = ScanMessage.encode(.failure(.corrupt(reason: words)))
                try connection.write(ScanMessage.header(for: reply.count, ticket: ticket) + reply, by: nil)
            }
        } catch {
            return 1
        }
    }

    /// The program to become instead, and whether its kernel shall have no filters, or else no Landlock.
    private static func launch(_ arguments: [String]) -> (path: String, withoutFilters: Bool)? {
        guard arguments.count == 2 else { return nil }
        switch arguments[0] {
        case "--without-filters": return (arguments[1], true)
        case "--without-landlock": return (arguments[1], false)
        default: return nil
        }
    }
}

/// Sockets that a careless program might have left open.
struct Sockets {
    let tcp = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    let unix = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
}

/// What a deed may use.
struct Circumstances {
    var ticket: UInt32
    var picture: Descriptor?
    /// A path, port or name, where the deed needs one.
    var detail: String
    var sockets: Sockets
    var landlock: Confinement.Achieved
}
