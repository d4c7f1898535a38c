import Credentials
import Model
import Processes
import TestSupport
import Testing

/// Machines without a TPM, with one that is not to be had, and what is said of it.
@Suite struct TPMErrorTests {
    @Test func `no TPM, and what is none, are told from each other`() throws {
        let directory = try TemporaryDirectory()
        let none = try TPMAddress("device:" + directory.file("tpmrm0"))
        #expect(throws: TPMError.noTPM(none)) { try TPM(at: none).standing() }
        #expect(throws: TPMError.noTPM(none)) { try TPM(at: none).makeKey(.p256) }
        try Files.writeAtomically([1], to: directory.file("file"))
        for kind in ["device:", "swtpm:path="] {
            let address = try TPMAddress(kind + directory.file("file"))
            #expect(throws: TPMError.notAnswering(address)) { try TPM(at: address).standing() }
        }
    }

    @Test(arguments: ["", "device", "device:", "/dev/tpmrm0", "tabrmd:x", "device:/dev/a b", "swtpm:path=\n"])
    func `an address is a kind and a place`(_ text: String) {
        #expect(throws: TPMError.badAddress(text)) { try TPMAddress(text) }
    }

    @Test func `a machine's own TPM is where the kernel has it`() throws {
        #expect(TPMAddress.kernel.text == "device:/dev/tpmrm0" && TPM().address == .kernel)
        #expect(try TPMAddress(TPMAddress.kernel.text) == .kernel)
        #expect(TPM.libraryMissing == nil)
    }

    @Test(arguments: [
        (TPMError.noLibrary(reason: "no libtss2-esys.so.0"), "tpm_library_missing", "libtss2-esys-3.0.2-0"),
        (.noTPM(.kernel), "tpm_missing", "/dev/tpmrm0"), (.notPermitted(.kernel), "tpm_not_permitted", "tss"),
        (.notAnswering(.kernel), "tpm_silent", "/dev/tpmrm0"),
        (.wrongPIN(triesLeft: 3), "tpm_wrong_pin", "3 tries are left"),
        (.wrongPIN(triesLeft: 1), "tpm_wrong_pin", "1 try is left"),
        (.wrongPIN(triesLeft: 0), "tpm_pin_used_up", "locked now"),
        (.wrongPIN(triesLeft: nil), "tpm_wrong_pin", "counted"),
        (.lockedOut(secondsPerTry: 7200), "tpm_locked", "7200 seconds"),
        (.lockedOut(secondsPerTry: nil), "tpm_locked", "--clear-lockout"),
        (.notItsOwn, "tpm_not_its_own", "cleared"), (.badKeyFile, "tpm_key_file", "TSS2 PRIVATE KEY"),
        (.badWrap, "tpm_wrap", "set the PIN anew"), (.badAddress("x"), "tpm_address", "swtpm:path="),
        (.notOffered(.p384), "tpm_kind", "EC P-384"), (.refused(code: 0x101), "tpm_refused", "0x101"),
        (.noEndorsementKey, "tpm_no_endorsement_key", "hierarchy"),
        (.sealedForAnother, "tpm_sealed_for_another", "muster key identity"),
        (.sealedKeyDamaged, "tpm_sealed_key_damaged", "damaged"),
        (.badKeyBlob, "tpm_key_blob", "not whole"),
        (.tooLong(bytes: 1025, limit: 1024), "tpm_text_too_long", "1025"),
    ]) func `each error says what happened and what to do`(_ error: TPMError, _ id: String, _ word: String) {
        let explanation = error.explanation
        #expect(explanation.id == id)
        #expect(explanation.what.hasSuffix(".") && explanation.nextStep.hasSuffix("."))
        #expect((explanation.what + explanation.nextStep).contains(word))
    }
}
