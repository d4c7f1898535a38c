import CommandTable
import Credentials
import Model
import Screens
import Store

/// Sign-ins for the screens: beside everything else, as a registrar may take its time.
struct SignInWork: Sendable {
    let companion: Companion

    func signIn(
        _ person: OperatorID, at registrar: RegistrarID, _ password: SecretText
    ) async -> Answer {
        do {
            guard let profile = try await companion.store.registrar(registrar),
                let address = SigningIn.Address(profile)
            else {
                throw CommandFailure(
                    .failed, "registrar_unusable", "Nobody was signed in: the registrar has no address here.",
                    "Sign in with `muster sign-in --registrar URL --root FILE`.")
            }
            let standing = try await SigningIn(companion: companion).signIn(person, at: address) {
                try SecretBytes(copying: password.bytes)
            }
            return .signedIn(standing.operatorID, until: standing.until)
        } catch { return .signInRefused(refusal(error, person)) }
    }

    private func refusal(_ error: any Error, _ person: OperatorID) -> SignInRefusal {
        if case VaultError.locked(let owner) = error { return .vaultLocked(owner) }
        let failure = CommandFailure(error)
        switch failure.problem?.knownCode {
        case .signedOut: return .wrong
        case .rateLimited:
            let seconds = Int64(failure.problem?.retryAfterSeconds ?? 60)
            return .limited(until: companion.surroundings.now().advanced(bySeconds: seconds))
        default: break
        }
        return failure.exitCode == .savedNotConfirmed
            ? .notReached(failure.explanation) : .failed(failure.explanation)
    }

    func signOut() async -> Answer {
        do {
            let ended = try await SigningIn(companion: companion).signOut()
            return .signedOut(ended.operatorID, toldRegistrar: ended.toldRegistrar)
        } catch { return .failed(CommandFailure(error).explanation) }
    }
}
