import CommandTable
import Glibc
import HandOver
import Model
import Processes
import SimulatedDevice

/// `muster simulate device`: a device in software, to try hand-overs with.
struct SimulateCommand {
    let context: CommandContext

    private var invocation: Invocation { context.invocation }
    private var console: Console { context.console }

    func run() async throws -> ExitCode {
        let device = try device()
        if let chain = invocation.value("idevid"), let key = invocation.value("idevid-key") {
            try device.adopt(
                makerIdentity: try InputFile.bytes(chain, limit: 1 << 20),
                key: try InputFile.bytes(key, limit: 1 << 20))
        }
        if invocation.has("stdio") { return try serveStandardStreams(device) }
        if invocation.has("show") { return try show(device) }
        if invocation.value("register") != nil {
            return try await RegisterSimulation(context: context).run(device)
        }
        if let claim = invocation.value("fleet") {
            return try await FleetSimulation(context: context).run(device, claim: claim)
        }
        let isHub = invocation.value("hub-at") != nil
        if invocation.has("connect"), let place = try device.cloudPlace() ?? device.toldPlace(isHub: isHub) {
            return try await HubSimulation(context: context).connect(device, place)
        }
        if invocation.has("connect") { return try await ConnectSimulation(context: context).run(device) }
        if let path = invocation.value("label-picture") {
            try LabelPicture.write(device.labelText, to: path)
            console.remark("Its label is in \(path).")
            return .done
        }
        console.print(Started(device: device.fields, label: device.labelText))
        console.show("label  \(device.labelText)")
        if let directory = invocation.value("directory") { return try visit(directory, device) }
        if invocation.value("http") != nil { return try await WebSimulation(context: context).serve(device) }
        return try serve(device)
    }

    /// Nothing is printed: the output is the line.
    private func serveStandardStreams(_ device: SimulatedDevice) throws -> ExitCode {
        var desk = LineDesk(device, PipeLine.standardStreams(), noise: try noise())
        try desk.serve(until: invocation.has("once") ? .confirm : nil)
        return .done
    }

    private struct Started: Encodable {
        var device: [String: String]
        var label: String
    }

    private var isForCloud: Bool {
        invocation.value("register") != nil || invocation.value("fleet") != nil || invocation.has("connect")
    }

    private func device() throws -> SimulatedDevice {
        var fields: [String: String] = [:]
        for (option, field) in [("identity", "serial"), ("mac", "mac"), ("product", "product")] {
            if let value = invocation.value(option) { fields[field] = value }
        }
        let moment = invocation.value("power-cut").flatMap { PowerCut(rawValue: $0) }
        let now = context.surroundings.now
        return try SimulatedDevice(
            directory: invocation.arguments[0], fields: fields,
            keys: DeviceKeys(
                tpm: try TPMChoice.tpm(context),
                // Who registers by a TPM may have any key.
                areMadeInTPM: invocation.has("tpm") && !isForCloud,
                areTaken: invocation.has("takes-key"),
                mayBeSymmetric: invocation.has("takes-symmetric-key")),
            lie: invocation.value("lie").flatMap { DeviceLie(rawValue: $0) },
            // As a pulled plug: no clean-up, nothing flushed that was not synced.
            cut: { if $0 == moment { kill(getpid(), SIGKILL) } }, now: now)
    }

    private func show(_ device: SimulatedDevice) throws -> ExitCode {
        let standing = try device.standing()
        console.print(standing)
        console.show("device       \(device.fields["serial"] ?? "")")
        console.show("principals   \(standing.principals.rawValue)")
        if let certificate = standing.certificate {
            console.show("certificate  \(certificate.subject), from \(certificate.issuer)")
        }
        if let endpoint = standing.endpoint { console.show("endpoint     \(endpoint)") }
        return .done
    }

    // MARK: A directory

    private struct Visited: Encodable {
        var visit: String
        var bundle: PayloadHash?
        var reason: String?
    }

    private func visit(_ directory: String, _ device: SimulatedDevice) throws -> ExitCode {
        switch try DirectoryDesk(device).visit(directory) {
        case .asked:
            console.print(Visited(visit: "asked"))
            console.show("asked  its request lies in \(directory)")
        case .installed(let bundle):
            console.print(Visited(visit: "installed", bundle: bundle))
            console.show("installed  it works with bundle \(bundle)")
        case .refused(let reason):
            console.print(Visited(visit: "refused", reason: reason))
            console.show("refused  \(reason)")
            return .failed
        }
        return .done
    }

    // MARK: A serial line

    private struct Listening: Encodable {
        var serial: String
    }

    private func serve(_ device: SimulatedDevice) throws -> ExitCode {
        let (line, terminal, path) = try open()
        defer { withExtendedLifetime(terminal) {} }
        console.print(Listening(serial: path))
        console.show("serial  \(path)")
        var desk = LineDesk(device, line, noise: try noise())
        try desk.serve(until: invocation.has("once") ? .confirm : nil)
        return .done
    }

    /// A serial line that is there, or a pseudo terminal, with a link to it where a path is given.
    private func open() throws -> (SerialLine, Descriptor?, String) {
        let wanted = invocation.value("serial")
        // A link of an earlier run points to a terminal that is gone, or another's.
        if let wanted, !wanted.isSymbolicLink, try Files.status(wanted) != nil {
            return (try SerialLine.open(wanted), nil, wanted)
        }
        let (line, terminal) = try SerialLine.pseudoTerminal()
        guard let wanted else { return (line, terminal, line.path) }
        try Files.remove(wanted)
        guard symlink(line.path, wanted) == 0 else {
            throw CommandFailure(
                .cannotWrite, "link_not_made", "The device was not started: \(wanted) cannot be made.",
                "Give a path in a directory of yours.")
        }
        return (line, terminal, wanted)
    }

    private func noise() throws -> LineNoise? {
        guard let text = invocation.value("noise") else { return nil }
        guard let oneOf = Int(text), oneOf >= 2 else {
            throw CommandFailure(
                .usage, "usage", "The device was not started: --noise takes a number from 2 up.",
                "Write --noise 500 to have one of 500 bytes changed.")
        }
        return LineNoise(oneOf: oneOf, seed: UInt64(oneOf))
    }
}

extension String {
    /// Whether the path is a link, wherever it leads.
    fileprivate var isSymbolicLink: Bool {
        var first: CChar = 0
        return readlink(self, &first, 1) >= 0
    }
}
