package import HandOver
internal import Model
package import Processes

/// A running `ssh` and the standard streams of what runs on the device. One thread uses it; the program is
/// ended with it.
package final class ShellChannel {
    private let child: Child
    private let feeding: Connection
    private let output: Descriptor
    private let errors: Descriptor
    private let name: String
    private var said: [UInt8] = []
    private var isErrorsOpen = true

    /// More than `ssh` says itself; what a device says beyond is thrown away.
    private static let saidBytes = 32 << 10

    /// - Throws: `linkUnusable` when there is no `ssh`.
    package init(_ shell: SecureShell, _ remote: SecureShell.Remote) throws(HandOverError) {
        name = shell.address.description
        do throws(SystemError) {
            (child, feeding, output, errors) = try Self.start(shell, remote)
        } catch {
            guard case .missing = error else {
                throw .linkUnusable(link: name, reason: "cannot be used: \(error.explanation.what)")
            }
            throw .linkUnusable(
                link: name, reason: "needs the package openssh-client, which is not installed here")
        }
    }

    deinit { _ = try? child.end() }

    /// The ends that the child got are closed here when this returns.
    private static func start(
        _ shell: SecureShell, _ remote: SecureShell.Remote
    ) throws(SystemError) -> (Child, Connection, Descriptor, Descriptor) {
        // A socket rather than a pipe: writing to an `ssh` that has ended must not raise SIGPIPE here.
        let (feeding, fed) = try Descriptor.socketPair()
        let (output, outputEnd) = try Descriptor.pipe()
        let (errors, errorsEnd) = try Descriptor.pipe()
        let child = try Child(
            SecureShell.program, arguments: shell.arguments(remote), environment: shell.environment,
            descriptors: [0: fed, 1: outputEnd, 2: errorsEnd])
        do throws(SystemError) {
            return (child, try Connection(feeding), output, errors)
        } catch {
            try child.end()
            throw error
        }
    }

    package func write(_ bytes: [UInt8], by deadline: Deadline) throws(SystemError) {
        try feeding.write(bytes, by: deadline)
    }

    /// What has arrived by the deadline; none is an empty array.
    ///
    /// - Throws: `disconnected` when the program on the device or the connection has ended.
    package func read(upTo count: Int, by deadline: Deadline) throws(SystemError) -> [UInt8] {
        while true {
            let ready = try Descriptor.waitUntilReadable(
                isErrorsOpen ? [output, errors] : [output], by: deadline)
            if ready.count > 1, ready[1] { try hear() }
            if ready[0] {
                let bytes = try output.read(upTo: count)
                if bytes.isEmpty { throw .disconnected }
                return bytes
            }
            if deadline.hasPassed { return [] }
        }
    }

    private func hear() throws(SystemError) {
        let bytes = try errors.read(upTo: 4096)
        if bytes.isEmpty { isErrorsOpen = false }
        if said.count < Self.saidBytes { said += bytes }
    }

    /// The host key that the device has proven; `nil` before that.
    package var hostKey: String? { ShellWords(said).hostKey }

    /// What it means for the hand-over that a call here failed.
    package func meaning(of error: SystemError) -> HandOverError {
        switch error {
        case .disconnected: ending()
        case .timedOut: .noAnswer(link: name)
        case .missing, .notPermitted, .diskFull, .tooLarge, .failed:
            .linkUnusable(link: name, reason: "cannot be used: \(error.explanation.what)")
        }
    }

    /// Hears `ssh` out, which ends at once when its streams have.
    private func ending() -> HandOverError {
        let deadline = Deadline(after: .seconds(5))
        do throws(SystemError) {
            while isErrorsOpen, !deadline.hasPassed {
                if try Descriptor.waitUntilReadable([errors], by: deadline)[0] { try hear() }
            }
            return ShellWords(said).meaning(of: try child.wait(by: deadline), link: name)
        } catch {
            return .linkUnusable(link: name, reason: "cannot be used: \(error.explanation.what)")
        }
    }
}

/// A device on which a command speaks the hand-over protocol on its standard streams.
package final class ShellCommandLine: DeviceLine {
    package let name: String
    private let channel: ShellChannel

    /// A shell that shows its prompts where there is no terminal, for a device that knows nothing else.
    package static let console = "PS1='# ' exec sh -i 2>&1"

    /// - Throws: `linkUnusable` when there is no `ssh`, or for a command that `ssh` would read as an option.
    package init(_ shell: SecureShell, command: String) throws(HandOverError) {
        name = shell.address.description
        guard !command.isEmpty, !command.hasPrefix("-") else {
            throw .linkUnusable(
                link: name, reason: "cannot run a command that is empty or begins with a dash")
        }
        channel = try ShellChannel(shell, .command(command))
    }

    package var evidence: LinkEvidence { LinkEvidence(.shellCommand, peer: channel.hostKey) }

    package func write(_ bytes: [UInt8], by deadline: Deadline) throws(SystemError) {
        try channel.write(bytes, by: deadline)
    }

    package func read(upTo count: Int, by deadline: Deadline) throws(SystemError) -> [UInt8] {
        try channel.read(upTo: count, by: deadline)
    }

    package func meaning(of error: SystemError) -> HandOverError { channel.meaning(of: error) }
}

extension LineAsker.Patience {
    /// Connecting and logging in come before the first answer.
    package static let shell = LineAsker.Patience(answer: .seconds(5), tries: 6, silentTries: 3)
}
