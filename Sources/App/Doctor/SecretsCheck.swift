import Credentials
import Model
import Processes
import Store

/// Where this tablet's secrets are, and who could read them.
enum SecretsCheck {
    /// Whether others of the same user, a core file or the swap could show this process's memory.
    static func memory() -> DoctorCheck {
        guard ProcessMemory.isProtected else {
            return DoctorCheck(
                check: "memory", verdict: .warning,
                says: "others of this user may read this program's memory",
                nextStep: "Look why prctl(2) is refused here; a container's profile may forbid it.")
        }
        guard SecureHeap.standing == .locked else {
            return DoctorCheck(
                check: "memory", verdict: .warning, says: "keys may be swapped to the disk",
                nextStep: "Raise the limit of locked memory (`ulimit -l`) to 1 MiB, or encrypt the swap.")
        }
        return DoctorCheck(
            check: "memory", verdict: .good, says: "no core file, no tracing; keys are kept out of the swap")
    }

    /// Whether the operator's work is signed, and where the key for it lies.
    static func operatorKey(_ companion: Companion) async throws -> DoctorCheck {
        let (session, profile) = try await companion.session()
        let person = session.operatorID
        func check(_ verdict: DoctorCheck.Verdict, _ says: String, _ nextStep: String? = nil) -> DoctorCheck {
            DoctorCheck(check: "operator-key", verdict: verdict, says: says, nextStep: nextStep)
        }
        guard let key = try await companion.store.operatorKey(VaultOwner(session)) else {
            return check(
                .warning, "\(person)'s work is not signed: there is no key yet",
                "Open the vault once: `muster registrar status`.")
        }
        let known = key.registeredAt == nil ? "not yet known to the registrar" : "known to the registrar"
        guard key.privateKey != nil, profile.url != nil else {
            let place =
                key.privateKey == nil ? "lies in the vault" : "lies in the store, as its registrar does"
            return check(.good, "a key of this tablet signs \(person)'s work; it \(place), \(known)")
        }
        return check(
            .warning,
            "a key of this tablet signs \(person)'s work and lies open in the store: who takes the tablet can sign; "
                + known, "Run `muster vault create`.")
    }

    /// Whether the sign-in lies under a passphrase. That of the embedded registrar opens nothing elsewhere.
    static func vault(_ companion: Companion) async throws -> DoctorCheck? {
        let (session, profile) = try await companion.session()
        if let vault = try await companion.store.vault(VaultOwner(session)) {
            let left = VaultRules.triesLeft(failures: vault.failures)
            return DoctorCheck(
                check: "vault", verdict: left == VaultRules.mostFailures ? .good : .warning,
                says: "\(session.operatorID)'s sign-in lies under a passphrase, tries left: \(left)",
                nextStep: left == VaultRules.mostFailures
                    ? nil : "Somebody gave wrong passphrases: ask whether it was \(session.operatorID).")
        }
        guard profile.url != nil else { return nil }
        return DoctorCheck(
            check: "vault", verdict: .warning,
            says: "\(session.operatorID)'s sign-in lies open in the store: who takes the tablet can use it",
            nextStep: "Run `muster vault create`.")
    }
}
