import Credentials
import Model
import RegistrarCore

/// The key that issues: where it is made, and how one that is elsewhere is found again.
enum IssuingKey {
    /// A new key at a place; in a token, the one that is there already under that name, of whichever kind where none is named.
    static func make(
        _ kind: KeyKind?, at place: KeyPlace, _ environment: RegistrarEnvironment
    ) throws(RegistrarError) -> PrivateKey {
        switch place {
        case .file:
            return try RegistrarError.wrapping { () throws(CredentialsError) in
                try PrivateKey.generate(kind ?? .p256)
            }
        case .tpm(let address):
            do throws(TPMError) { return try TPM(at: address).makeKey(kind ?? .p256) } catch {
                throw .credentials(.keyNotReached(error.explanation))
            }
        case .module(let uri):
            do throws(ModuleError) {
                return try ModuleKey(uri, readPIN: readPIN).findOrMake(kind, id: environment.random(16))
            } catch { throw .credentials(.keyNotReached(error.explanation)) }
        }
    }

    /// The PIN in a file that the key's address names; the file must be its owner's alone.
    @Sendable static func readPIN(_ path: String) throws(ModuleError) -> SecretBytes {
        do throws(SecretFile.Failure) { return try SecretFile.read(path) } catch { throw .noPIN(path: path) }
    }
}

extension CredentialsError {
    /// Whether it can pass by itself: a TPM or token that is away may come back.
    var mayPass: Bool { if case .keyNotReached = self { true } else { false } }
}
