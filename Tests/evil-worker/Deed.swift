import CEvil
import Glibc
import Processes
import ScanProtocol

/// What the worker does instead of looking at the at.picture.
enum Deed: String {
    case readPasswords, createFile, connectTCP, connectAbstract, openSocket, fork, execute, trace, killParent
    case takeMemory, loop, floodSocket, floodOutput, makeExecutable, mapExecutable, readDescriptors
    case abort, raiseLimit, writePicture, foreignCall, sayVersion, stall, answerTwice, announceTooMuch,
        garbage

    /// The errno as words, or what was possible.
    func perform(_ at: Circumstances) -> String {
        switch self {
        case .readPasswords: words(cevil_open("/etc/passwd"))
        case .createFile: words(cevil_create(at.detail))
        case .connectTCP: words(cevil_connect_tcp(at.sockets.tcp, Int32(at.detail) ?? 0))
        case .connectAbstract: words(cevil_connect_abstract(at.sockets.unix, at.detail))
        case .openSocket: words(cevil_socket(Int32(at.detail) ?? AF_UNIX, Int32(SOCK_DGRAM.rawValue)))
        case .abort: Glibc.abort()
        case .fork: words(cevil_fork())
        case .execute: words(cevil_exec())
        case .trace: words(cevil_ptrace(getppid()))
        // Signal 0 harms nobody, and is refused or let as any other.
        case .killParent: words(cevil_kill(Int32(at.detail) ?? getppid(), 0))
        case .takeMemory: "\(cevil_take_memory()) MiB"
        case .loop: loop { _ in true }
        case .floodSocket: loop { _ in cevil_write(ScanMessage.socketNumber) == 0 }
        case .floodOutput: words(cevil_write(STDOUT_FILENO))
        case .makeExecutable: words(cevil_make_executable())
        case .mapExecutable: words(cevil_map_executable())
        case .readDescriptors: "\(cevil_count_readable(7)) readable"
        case .raiseLimit: words(cevil_raise_limit())
        case .writePicture: words(at.picture?.withNumber { cevil_write_file_descriptor($0) } ?? 0)
        case .foreignCall: words(cevil_foreign_call())
        case .sayVersion: "\(at.landlock.landlockVersion)"
        case .stall: stall()
        case .answerTwice: answerEarly(at.ticket)
        case .announceTooMuch: announceTooMuch(at.ticket)
        case .garbage: garbage(at.ticket)
        }
    }

    private func words(_ code: Int32) -> String {
        switch code {
        case 0: "allowed"
        case EPERM: "EPERM"
        case EACCES: "EACCES"
        default: "errno \(code)"
        }
    }

    private func loop(_ body: (Int) -> Bool) -> String {
        var round = 0
        while body(round) { round &+= 1 }
        return "stopped after \(round)"
    }

    /// Waits for what never comes.
    private func stall() -> String {
        var nothing = pollfd()
        nothing.fd = -1
        _ = poll(&nothing, 1, -1)
        return "woke"
    }

    private func send(_ bytes: [UInt8]) {
        _ = write(ScanMessage.socketNumber, bytes, bytes.count)
    }

    private func answerEarly(_ ticket: UInt32) -> String {
        let reply = ScanMessage.encode(.failure(.corrupt(reason: "first answer")))
        send(ScanMessage.header(for: reply.count, ticket: ticket) + reply)
        return "second answer"
    }

    private func announceTooMuch(_ ticket: UInt32) -> String {
        send(ScanMessage.header(for: ScanMessage.mostReplyBytes + 1, ticket: ticket))
        return "never read"
    }

    private func garbage(_ ticket: UInt32) -> String {
        send(ScanMessage.header(for: 4, ticket: ticket) + [0, 1, 2, 3])
        return "never read"
    }
}
