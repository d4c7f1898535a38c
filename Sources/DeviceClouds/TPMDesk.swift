import Credentials
import Model
import Processes

/// Asks a TPM, which takes its time, away from the threads that others share.
actor TPMDesk {
    private let executor = BlockingExecutor(label: "muster.tpm")
    private let tpm: TPM

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ tpm: TPM) {
        self.tpm = tpm
    }

    func identity() throws(TPMError) -> Attestation.TPMIdentity { try tpm.identity() }

    func open(_ sealed: TPMSealedKey) throws(TPMError) -> TPMHMACKey { try tpm.open(sealed) }

    /// HMAC-SHA-256 under a key that was opened.
    func sign(_ text: String, with key: TPMHMACKey) throws(TPMError) -> [UInt8] {
        try key.hmacSHA256(Array(text.utf8))
    }
}
