import Model
import Registrar
import RegistrarCore
import Store
import Sync
import Wire

/// The registrar within this program: the same library as `muster-registrar`, in a directory of the store.
struct EmbeddedRegistrar: Sendable {
    let companion: Companion

    init(_ companion: Companion) {
        self.companion = companion
    }

    var directory: String { companion.directory + "/registrar" }

    /// Opens it, and makes it the first time.
    func open() throws -> Registrar {
        // The variable may be for another registrar on this machine: what lies in the vault is this one's.
        let passphrase =
            try companion.vaults.registrarPassphrase ?? PassphraseFile.registrar.read(companion.surroundings)
        let environment = companion.surroundings.registrarEnvironment
        if try !Registrar.exists(directory: directory) {
            do throws(RegistrarError) {
                try Registrar.make(
                    directory: directory, name: "Embedded registrar", environment: environment,
                    passphrase: passphrase)
            } catch {
                // Another process that started together with this one may have made it.
                guard error.isAlreadyMade else { throw error }
            }
        }
        return try Registrar(directory: directory, environment: environment, passphrase: passphrase)
    }

    /// What comes of opening it without asking anybody.
    enum Opened {
        case none
        case open(Registrar)
        /// With `VaultError.locked` its keys lie in a vault that is closed, and no file opens that.
        case shut(any Error)
    }

    /// Opens it, where there is one, without asking anybody: with the vault that its keys lie in, where that is open or a file
    /// opens it. A wrong passphrase in that file is one try.
    func openUnasked() async -> Opened {
        do { return try Registrar.exists(directory: directory) ? .open(try await unasked()) : .none } catch {
            return .shut(error)
        }
    }

    private func unasked() async throws -> Registrar {
        if companion.vaults.registrarPassphrase == nil, let owner = try await companion.ownerOfRegistrarKeys()
        {
            guard let passphrase = try companion.passphraseFile() else {
                throw VaultError.locked(owner.operatorID)
            }
            try await companion.openVault(owner, passphrase)
        }
        return try open()
    }

    /// Makes the store work with it: one tenant, one site, one product that takes every label, and this user as operator.
    func pair() async throws {
        let registrar = try open()
        let tenant = Tenant(tenantID: TenantID(trusted: "default"), name: "Default tenant")
        let site = Site(
            siteID: SiteID(trusted: "default"), tenant: tenant.tenantID, name: "Default site")
        let product = Product(productID: Product.genericID, name: "Any device", admission: .open)
        let person = Operator(
            operatorID: companion.surroundings.userName, name: companion.surroundings.userName.rawValue,
            role: .admin, tenants: [tenant.tenantID])
        let client = RegistrarClient.local(registrar)
        try await client.add([tenant], to: .tenants)
        try await client.add([site], to: .sites)
        try await client.add([product], to: .products)
        try await pair(as: person)
    }

    /// Makes the store work with it as an operator, who is added when the registrar has none of that name.
    func pair(as person: Operator) async throws {
        if let session = try await companion.store.activeSession() { try await companion.openVault(session) }
        let registrar = try open()
        try await RegistrarClient.local(registrar).add([person], to: .operators, ifMissing: \.operatorID)
        let pairing = try await registrar.pairing(for: person.operatorID, url: "")
        try await CompanionRegistrars(companion).adopt(pairing, url: nil)
    }
}

extension RegistrarClient {
    /// Asks a registrar on this machine as its local administrator.
    static func local(_ registrar: Registrar) -> RegistrarClient {
        RegistrarClient(
            transport: EmbeddedTransport { request in
                await registrar.handle(request, by: Registrar.localAdministrator)
            }, token: nil)
    }

    func add<Item: Codable & Equatable & Sendable>(
        _ items: [Item], to collection: Route.Collection
    ) async throws {
        let _: Items<Item> = try await post(Items(items: items), to: .add(collection))
    }

    fileprivate func add<ID: Equatable & Sendable>(
        _ people: [Operator], to collection: Route.Collection, ifMissing id: (Operator) -> ID
    ) async throws {
        let known: Items<Operator> = try await get(.list(collection))
        let missing = people.filter { person in !known.items.contains { id($0) == id(person) } }
        guard !missing.isEmpty else { return }
        let _: Items<IssuedOperator> = try await post(Items(items: missing), to: .add(collection))
    }
}

extension Surroundings {
    /// What a registrar in this process takes from the world.
    var registrarEnvironment: RegistrarEnvironment {
        RegistrarEnvironment(now: now, random: randomBytes, variables: variables)
    }

    /// Who works here, by the name of the system user, in the shape of an operator id.
    var userName: OperatorID {
        let text = (variables["USER"] ?? variables["LOGNAME"] ?? "").lowercased()
        return OperatorID(rawValue: text) ?? OperatorID(trusted: "operator")
    }
}
