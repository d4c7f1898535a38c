import Model
import RegistrarCore
import Testing

/// By whose rights an operation is judged, for every finding about its signature.
@Suite struct SigningTests {
    private let operation = Cast.operation(.note(OperationBody.Note(text: "x")))
    private static let carrier = Operator(
        operatorID: OperatorID(trusted: "bo"), name: "Bo", role: .installer, tenants: [Cast.other])

    private static func key(
        of person: String = "jk", until: Timestamp? = nil, revoked: Bool = false
    ) -> OperatorKey {
        OperatorKey(
            keyID: OperatorKeyID(trusted: String(repeating: "a", count: 32)),
            operatorID: OperatorID(trusted: person), publicKey: "", from: Timestamp(milliseconds: 0),
            until: until, revoked: revoked)
    }

    private func verdict(
        _ finding: SignatureFinding, named: Operator? = Cast.person(), by caller: Operator = carrier,
        requiresSignatures: Bool = false
    ) -> ActorVerdict {
        actor(
            of: operation, finding: finding, named: named, carriedBy: caller,
            under: SigningPolicy(requiresSignatures: requiresSignatures), at: Cast.now)
    }

    @Test func `a signed operation is its maker's, whoever brings it`() {
        let genuine = SignatureFinding.genuine(Self.key())
        for requires in [false, true] {
            #expect(verdict(genuine, requiresSignatures: requires) == .acts(Cast.person()))
            #expect(
                verdict(genuine, by: Cast.person(), requiresSignatures: requires) == .acts(Cast.person()))
        }
    }

    @Test func `without a signature only the maker brings it, until signatures are required`() {
        #expect(verdict(.unsigned, by: Cast.person()) == .acts(Cast.person()))
        #expect(verdict(.unsigned).code == .operatorMismatch)
        #expect(
            verdict(.unsigned, by: Cast.person(), requiresSignatures: true).code == .operationUnsigned)
    }

    @Test func `a signature that does not hold, or of somebody else, is refused and heard of at the desk`() {
        for finding in [SignatureFinding.notGenuine(Self.key()), .genuine(Self.key(of: "bo"))] {
            for caller in [Cast.person(), Self.carrier] {
                let verdict = verdict(finding, by: caller)
                #expect(verdict.code == .signatureFalse)
                #expect(verdict.refusal?.alarm == .falseSignature && verdict.refusal?.isRecorded == false)
            }
        }
    }

    @Test func `a key that is not known yet waits, one that has ended is refused for its maker too`() {
        #expect(verdict(.keyUnknown, by: Cast.person()).refusal?.problem.retryable == true)
        let before = Cast.now.advanced(bySeconds: -1)
        for caller in [Cast.person(), Self.carrier] {
            let ended = verdict(.genuine(Self.key(until: Cast.now)), by: caller)
            #expect(ended.code == .signingKeyRevoked && ended.refusal?.alarm == nil)
            let revoked = verdict(.genuine(Self.key(until: before, revoked: true)), by: caller)
            #expect(revoked.code == .signingKeyRevoked && revoked.refusal?.alarm == .endedKey)
        }
        let later = Cast.now.advanced(bySeconds: 1)
        #expect(verdict(.genuine(Self.key(until: later))) == .acts(Cast.person()))
    }

    @Test func `rights that have ended are the maker's trouble, not the carrier's sign-in`() {
        let genuine = SignatureFinding.genuine(Self.key())
        #expect(verdict(genuine, named: Cast.person(validUntil: Cast.now)).code == .notAuthorised)
        #expect(verdict(genuine, named: nil).code == .notAuthorised)
    }
}

extension ActorVerdict {
    fileprivate var refusal: Refusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }

    fileprivate var code: ProblemCode? { refusal?.problem.knownCode }
}
