import Credentials
import Model
import RegistrarCore
import RegistrarStore
import TestSupport
import Testing

/// Wrong passwords, counted by tablet and by place.
@Suite struct SignInTriesTests {
    private static let now = Timestamp(milliseconds: 1_790_000_000_000)
    private static let jk = OperatorID(trusted: "jk")
    private static let tablet = hash(1)
    private let directory: TemporaryDirectory
    private let store: RegistrarStore

    init() async throws {
        directory = try TemporaryDirectory()
        try RegistrarStore.make(
            directory: directory.path, registrar: RegistrarID(trusted: "r-1"), name: "Test", at: Self.now,
            digest: Digest.sha256)
        store = try RegistrarStore(directory: directory.path, digest: Digest.sha256)
        let people = ["jk", "zoe"].map {
            Operator(operatorID: OperatorID(trusted: $0), name: $0, role: .admin, tenants: [])
        }
        try await store.add(people, by: nil, at: Self.now)
    }

    private static func hash(_ number: UInt8) -> PayloadHash {
        PayloadHash(digest: [UInt8](repeating: number, count: 32))
    }

    private static func origin(_ tablet: PayloadHash?, _ place: UInt8) -> SignInOrigin {
        SignInOrigin(tablet: tablet, address: [198, 51, 100, place])
    }

    /// Whether a try is looked at; it stays counted, as a wrong one does.
    private func isLookedAt(_ origin: SignInOrigin, for person: OperatorID = jk) async throws -> Bool {
        try await store.countSignIn(of: person, from: origin, at: Self.now) == .mayTry
    }

    private func signIn(_ origin: SignInOrigin, _ number: UInt8) async throws {
        let person = Self.jk
        _ = try await store.countSignIn(of: person, from: origin, at: Self.now)
        let key = OperatorKey(
            keyID: OperatorKeyID(trusted: String(repeating: "\(number)", count: 32)), operatorID: person,
            publicKey: "k\(number)", from: Self.now)
        try await store.signIn(
            person, tokenHash: Self.hash(100 + number), until: Self.now.advanced(bySeconds: 60), from: origin,
            key: key, at: Self.now)
    }

    @Test func `a hundred strangers close the door for strangers, and not for a tablet that is known`()
        async throws
    {
        try await signIn(Self.origin(Self.tablet, 1), 1)
        for place in 0..<10 {
            for number in 0..<10 {
                // Whoever makes keys for each try gains nothing by it.
                let stranger = Self.origin(Self.hash(UInt8(10 + number)), UInt8(50 + place))
                #expect(try await isLookedAt(stranger))
            }
            #expect(try await !isLookedAt(Self.origin(nil, UInt8(50 + place))))
        }
        #expect(try await !isLookedAt(Self.origin(nil, 200)))
        #expect(try await isLookedAt(Self.origin(nil, 200), for: OperatorID(trusted: "zoe")))
        #expect(try await isLookedAt(Self.origin(Self.tablet, 50)))
    }

    @Test func `a tablet that is known has ten tries, wherever it is carried, and no other tablet's`()
        async throws
    {
        try await signIn(Self.origin(Self.tablet, 1), 1)
        for place in 0..<10 { #expect(try await isLookedAt(Self.origin(Self.tablet, UInt8(place)))) }
        #expect(try await !isLookedAt(Self.origin(Self.tablet, 99)))
        #expect(try await isLookedAt(Self.origin(nil, 99)), "elsewhere the operator goes on")
        // The same tablet is a stranger for somebody who has never signed in on it.
        #expect(try await isLookedAt(Self.origin(Self.tablet, 99), for: OperatorID(trusted: "zoe")))
    }

    @Test func `a sign-in forgets what was wrong before it here, and nothing of elsewhere`() async throws {
        for _ in 0..<9 {
            _ = try await isLookedAt(Self.origin(nil, 1))
            _ = try await isLookedAt(Self.origin(nil, 2))
        }
        try await signIn(Self.origin(Self.tablet, 1), 1)
        for _ in 0..<10 { #expect(try await isLookedAt(Self.origin(nil, 1))) }
        #expect(try await isLookedAt(Self.origin(nil, 2)))
        #expect(try await !isLookedAt(Self.origin(nil, 2)))
    }

    @Test func `a list of names cannot be tried through from one place`() async throws {
        var looked = 0
        for number in 0..<40 {
            let name = OperatorID(trusted: "name-\(number)")
            if try await isLookedAt(Self.origin(nil, 1), for: name) { looked += 1 }
        }
        #expect(looked == SignInRules.mostPerAddress)
        #expect(try await isLookedAt(Self.origin(nil, 2)))
    }
}
