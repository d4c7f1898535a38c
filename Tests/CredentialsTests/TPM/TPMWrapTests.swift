import Credentials
import Model
import TestSupport
import Testing

/// A data key under a PIN: what the TPM counts, and what cannot set the count back.
@Suite struct TPMWrapTests {
    private let emulated: SoftwareTPM
    private let tpm: TPM
    private let wrap: TPMWrap
    private let bytes = [UInt8](0..<32)
    private let key = SecretBytes.of([UInt8](0..<32))
    private let right = SecretBytes.of("483 217")
    private let wrong = SecretBytes.of("000 000")

    init() throws {
        emulated = try SoftwareTPM()
        tpm = TPM(at: try TPMAddress(emulated.tcti))
        wrap = TPMWrap(tpm)
    }

    @Test func `the right PIN gives the key, also after a loss of power`() throws {
        let blob = try wrap.wrap(key, pin: right)
        #expect(try wrap.unwrap(blob, pin: right).matches(bytes))
        try emulated.restart()
        #expect(try wrap.unwrap(blob, pin: right).matches(bytes))
        #expect(try wrap.wrap(key, pin: right) != blob)
        // A PIN of zeros or none is a PIN like any other.
        for pin in [[], [0], [0, 0]] as [[UInt8]] {
            let other = try wrap.wrap(key, pin: .of(pin))
            #expect(try wrap.unwrap(other, pin: .of(pin)).matches(bytes))
        }
    }

    @Test func `wrong PINs are counted down, and then the right one is refused`() throws {
        let blob = try wrap.wrap(key, pin: right)
        let before = try tpm.standing()
        #expect(before.failedTries == 0 && !before.isLockedOut && before.triesLeft == before.mostTries)
        for left in (0..<before.mostTries).reversed() {
            #expect(throws: TPMError.wrongPIN(triesLeft: left)) { try wrap.unwrap(blob, pin: wrong) }
            #expect(try tpm.standing().triesLeft == left)
        }
        let locked = TPMError.lockedOut(secondsPerTry: before.secondsPerTry)
        #expect(throws: locked) { try wrap.unwrap(blob, pin: right) }
        #expect(try tpm.standing().isLockedOut)
    }

    @Test func `a wrong PIN stays counted when the right one comes, and when the power goes`() throws {
        let blob = try wrap.wrap(key, pin: right)
        #expect(throws: TPMError.self) { try wrap.unwrap(blob, pin: wrong) }
        #expect(try wrap.unwrap(blob, pin: right).matches(bytes))
        #expect(try tpm.standing().failedTries == 1)
        try emulated.restart()
        #expect(try tpm.standing().failedTries >= 1)
    }

    @Test func `neither an old copy nor a loss of power sets the count back`() throws {
        let blob = try wrap.wrap(key, pin: right)
        let other = try wrap.wrap(key, pin: wrong)
        let most = try tpm.standing().mostTries
        for _ in 0..<most { #expect(throws: TPMError.self) { try wrap.unwrap(blob, pin: wrong) } }
        try emulated.restart()
        let after = try tpm.standing()
        #expect(after.isLockedOut && after.failedTries >= most)
        // All that was on the disk before the first try: the count is not in it.
        let locked = TPMError.lockedOut(secondsPerTry: after.secondsPerTry)
        #expect(throws: locked) { try wrap.unwrap(Array(blob), pin: right) }
        #expect(throws: locked) { try TPMWrap(tpm).unwrap(other, pin: wrong) }
    }

    @Test func `a locked TPM still signs with its device keys`() throws {
        let device = try tpm.makeKey(.p256)
        let blob = try wrap.wrap(key, pin: right)
        for _ in 0..<(try tpm.standing().mostTries) { _ = try? wrap.unwrap(blob, pin: wrong) }
        #expect(try tpm.standing().isLockedOut)
        #expect(try CertificateRequest.create(key: device, commonName: "NL-1").isSignedByItsKey)
    }

    @Test func `a blob that is cut or changed gives no key and costs no try`() throws {
        let blob = try wrap.wrap(key, pin: right)
        for count in 0..<blob.count {
            #expect(throws: TPMError.badWrap) { try wrap.unwrap(Array(blob.prefix(count)), pin: right) }
        }
        #expect(throws: TPMError.badWrap) { try wrap.unwrap(blob + [0], pin: right) }
        for place in blob.indices {
            var changed = blob
            changed[place] ^= 0x10
            #expect(throws: TPMError.self) { try wrap.unwrap(changed, pin: right) }
        }
        #expect(try tpm.standing().failedTries == 0)
        #expect(try wrap.unwrap(blob, pin: right).matches(bytes))
    }

    @Test func `another TPM does not open it`() throws {
        let blob = try wrap.wrap(key, pin: right)
        let stranger = try SoftwareTPM()
        let theirs = TPMWrap(TPM(at: try TPMAddress(stranger.tcti)))
        #expect(throws: TPMError.notItsOwn) { try theirs.unwrap(blob, pin: right) }
        withExtendedLifetime(stranger) {}
    }
}
