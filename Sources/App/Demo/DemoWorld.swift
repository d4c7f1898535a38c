import CommandTable
import Credentials
import HTTPServer
import Model
import Processes
import Registrar
import Wire

/// The team that the demonstration plays in: a registrar with two customers, their sites, products and deliveries.
struct DemoWorld {
    let directory: String
    let context: CommandContext
    let port: UInt16

    static let tenant = TenantID(trusted: "nordlicht")
    static let otherTenant = TenantID(trusted: "other-customer")
    static let site = SiteID(trusted: "oslo-1")
    static let technician = OperatorID(trusted: "jk")
    static let otherTechnician = OperatorID(trusted: "om")

    var registrarDirectory: String { directory + "/registrar" }
    private var url: String { "https://127.0.0.1:\(port)" }

    /// Makes the registrar on its machine, with everything that an operator of it would set up.
    static func make(in directory: String, _ context: CommandContext) async throws -> DemoWorld {
        let world = DemoWorld(directory: directory, context: context, port: try await freePort())
        let environment = context.surroundings.registrarEnvironment
        try Registrar.make(
            directory: world.registrarDirectory, name: "Nordlicht registrar", environment: environment)
        let registrar = try Registrar(directory: world.registrarDirectory, environment: environment)
        let client = RegistrarClient.local(registrar)
        try await DemoSetUp(client: client, job: try DemoSetUp.sampleJob(context)).run()
        let people = [(technician, tenant), (otherTechnician, otherTenant)].map {
            Operator(operatorID: $0, name: $0.rawValue, role: .support, tenants: [$1])
        }
        let _: Items<IssuedOperator> = try await client.post(Items(items: people), to: .add(.operators))
        return world
    }

    /// A port that is free now, so that the pairing can name it before the registrar listens there.
    private static func freePort() async throws -> UInt16 {
        let server = try HTTPServer(HTTPServer.Settings()) { _ in HTTPResponse(status: 404) }
        let port = server.port
        await server.stop()
        return port
    }

    /// A tablet of its own, paired for a person; it needs no registrar for that.
    func tablet(_ name: String, for person: OperatorID) async throws -> Companion {
        let registrar = try Registrar(
            directory: registrarDirectory, environment: context.surroundings.registrarEnvironment)
        var invocation = Invocation()
        invocation.values["store"] = [directory + "/" + name]
        let companion = try await Companion.open(
            CommandContext(
                invocation: invocation, surroundings: context.surroundings, console: context.console))
        try await CompanionRegistrars(companion).adopt(
            try await registrar.pairing(for: person, url: url), url: url)
        return companion
    }

    /// Starts the real server program, and returns once it says that it listens.
    func startRegistrar() throws -> Child {
        let (child, reading) = try spawnRegistrar()
        var said: [UInt8] = []
        while !said.contains(0x0A) {
            let bytes = try reading.read(upTo: 256)
            guard !bytes.isEmpty else { break }
            said += bytes
        }
        guard String(decoding: said, as: UTF8.self).hasPrefix("listening on") else {
            try child.end()
            throw CommandFailure(
                .failed, "demo_registrar", "The demonstration's registrar did not start.",
                "Run `muster-registrar serve` by hand and see what it says.")
        }
        return child
    }

    /// The server's end of the pipe is closed here when this returns, so that its death ends the reading.
    private func spawnRegistrar() throws -> (child: Child, output: Descriptor) {
        let (reading, writing) = try Descriptor.pipe()
        let child = try Child(
            context.surroundings.programDirectory + "/muster-registrar",
            arguments: ["serve", "--directory", registrarDirectory, "--listen", "127.0.0.1:\(port)"],
            environment: ["PATH": context.surroundings.variables["PATH"] ?? "/usr/bin:/bin"],
            descriptors: [1: writing])
        return (child, reading)
    }

    /// Ends the server as an operator of it would, and waits until it is gone.
    func stop(_ registrar: Child) throws {
        registrar.send(.terminate)
        _ = try registrar.wait()
    }
}
