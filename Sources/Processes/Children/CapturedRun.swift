internal import CSystem

/// What a finished program printed, and how it ended.
package struct CapturedRun: Equatable, Sendable {
    package var status: ExitStatus
    package var output: [UInt8]
    package var errors: [UInt8]

    /// Standard output as UTF-8, with U+FFFD for what is none.
    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorsText: String { String(decoding: errors, as: UTF8.self) }
}

extension Child {
    /// Runs a program to its end with both its outputs captured and `input` on its standard input.
    ///
    /// Blocks the calling thread. At the time limit, or past `limit` captured bytes, the program is killed.
    /// - Throws: `timedOut`, `tooLarge`, or what starting it throws.
    package static func run(
        _ path: String, arguments: [String] = [], environment: [String: String] = [:],
        directory: String? = nil, input: [UInt8] = [], timeout: Duration, limit: Int = 16 << 20
    ) throws(SystemError) -> CapturedRun {
        let deadline = Deadline(after: timeout)
        var running = try RunningCapture(
            path, arguments: arguments, environment: environment, directory: directory)
        do throws(SystemError) {
            return try running.finish(input: input, limit: limit, by: deadline)
        } catch {
            try running.child.end()
            throw error
        }
    }
}

/// A program whose streams this process feeds and drains.
private struct RunningCapture {
    let child: Child
    private let path: String
    private var feeding: Descriptor?
    private var output: Descriptor?
    private var errors: Descriptor?
    private var printed: [UInt8] = []
    private var complained: [UInt8] = []

    /// The ends that the child got are closed here when this returns.
    init(
        _ path: String, arguments: [String], environment: [String: String], directory: String?
    ) throws(SystemError) {
        // A socket rather than a pipe: a program that never reads its input must not raise SIGPIPE here.
        let (feeding, fed) = try Descriptor.socketPair()
        let (output, outputEnd) = try Descriptor.pipe()
        let (errors, errorsEnd) = try Descriptor.pipe()
        try feeding.makeNonblocking()
        child = try Child(
            path, arguments: arguments, environment: environment,
            descriptors: [0: fed, 1: outputEnd, 2: errorsEnd], directory: directory)
        self.path = path
        self.feeding = feeding
        self.output = output
        self.errors = errors
    }

    mutating func finish(
        input: [UInt8], limit: Int, by deadline: Deadline
    ) throws(SystemError) -> CapturedRun {
        var fed = 0
        while output != nil || errors != nil {
            if fed == input.count { feeding = nil }
            let ready = try poll(
                [(feeding, writing: true), (output, writing: false), (errors, writing: false)], by: deadline)
            if ready[0] { try feed(input, &fed) }
            if ready[1] { try Self.drain(&output, into: &printed) }
            if ready[2] { try Self.drain(&errors, into: &complained) }
            guard printed.count + complained.count <= limit else { throw .tooLarge(path: path, limit: limit) }
            if deadline.hasPassed { throw .timedOut }
        }
        guard let status = try child.wait(by: deadline) else { throw .timedOut }
        return CapturedRun(status: status, output: printed, errors: complained)
    }

    private mutating func feed(_ input: [UInt8], _ fed: inout Int) throws(SystemError) {
        let done = fed
        let put = feeding?.withNumber { number in
            input.withUnsafeBytes { csystem_send(number, $0.baseAddress.map { $0 + done }, $0.count - done) }
        }
        guard let put else { return }
        switch SystemError.from(min(put, 0), call: "send") {
        case _ where put >= 0: fed += Int(put)
        case .disconnected: feeding = nil
        case .failed(_, _, Errno.again): break
        case let error: throw error
        }
    }

    private static func drain(_ stream: inout Descriptor?, into bytes: inout [UInt8]) throws(SystemError) {
        guard let open = stream else { return }
        let got = try open.read(upTo: 1 << 16)
        if got.isEmpty { stream = nil }
        bytes += got
    }
}
