import Canvas
import Intake
package import Model

/// Begins a shift: who, then the password, which is never shown. What is captured is saved whether or not it succeeds.
package struct SignInScreen: Screen {
    private let registrar: RegistrarID
    private let registrarName: String
    private var person: String
    private var typed: TextField?
    private var phase = Phase.person
    private var refusal: SignInRefusal?

    private enum Phase: Equatable {
        case person, password
        /// The registrar is asked.
        case asking
        case done
    }

    package init(_ session: SessionFact) {
        registrar = session.registrar
        registrarName = session.registrarName
        person = session.operatorID.rawValue
        typed = TextField(person)
    }

    package var field: TextField? {
        get { typed }
        set { if phase == .person || phase == .password { typed = newValue } }
    }

    package var takesSecret: Bool { phase == .password || phase == .asking }

    package func offers(_ context: Context) -> [Offer] {
        [Offer(.accept, disabled: phase == .asking ? .reasonAsking : nil), Offer(.back)]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .entered, .act(.accept): return accept(context)
        case .act(.back): return back()
        case .answered(.signedIn(let person, let until)):
            guard phase == .asking else { return [] }
            phase = .done
            let notice = Notice(.success, context.say(.signedInUntil, person.rawValue, until.minute))
            return [.notice(notice), .request(.loadWork), .back(nil)]
        case .answered(.signInRefused(let refusal)):
            guard phase == .asking else { return [] }
            self.refusal = refusal
            (phase, typed) = (.password, TextField())
            return [.ring]
        case .scanned: return [.ring, .notice(Notice(.warning, context.say(.signInScanned)))]
        case .appeared:
            if phase == .done { return [.back(nil)] }
            // What was typed before something lay over it was perhaps left by somebody else.
            if phase == .password { typed = TextField() }
            return []
        case .act, .move, .touched, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    private mutating func accept(_ context: Context) -> [Effect] {
        switch phase {
        case .person:
            let name = (typed?.text ?? "").trimmingBlanks
            guard OperatorID(rawValue: name) != nil else {
                return [.notice(Notice(.warning, context.say(.signInWho)))]
            }
            (person, phase, typed, refusal) = (name, .password, TextField(), nil)
            return []
        case .password:
            guard let password = typed?.secret, !password.isEmpty,
                let operatorID = OperatorID(rawValue: person)
            else { return [] }
            (phase, typed, refusal) = (.asking, TextField(), nil)
            return [.request(.signIn(registrar, operatorID, password))]
        case .asking, .done: return []
        }
    }

    private mutating func back() -> [Effect] {
        guard phase == .password else { return [.back(nil)] }
        (phase, typed, refusal) = (.person, TextField(person), nil)
        return []
    }

    package func view(_ context: Context) -> View {
        var blocks: [View.Block] = [.facts([View.Fact(context.say(.factRegistrar), registrarName)])]
        if phase == .person {
            blocks.append(
                .field(label: context.say(.factOperator), text: typed?.text ?? "", hint: ""))
        } else {
            blocks += [
                .facts([View.Fact(context.say(.factOperator), person)]),
                .field(
                    label: context.say(.signInPassword),
                    text: typed?.shown ?? "",
                    hint: context.say(phase == .asking ? .signInAsking : .lockHint)),
            ]
        }
        if let refusal { blocks += words(refusal, context) }
        blocks += [.gap, .text(context.say(.signInSaved), .hint)]
        return View(title: context.say(.actionSignIn), blocks: blocks)
    }

    private func words(_ refusal: SignInRefusal, _ context: Context) -> [View.Block] {
        switch refusal {
        case .wrong: return [.text("! " + context.say(.signInWrong), .bad)]
        case .limited(let until): return [.text("! " + context.say(.signInLimited, until.minute), .bad)]
        case .vaultLocked(let person):
            return [.text("! " + context.say(.signInVault, person.rawValue), .bad)]
        case .notReached(let explanation):
            let reason = context.language.explain(explanation)
            return [
                .text("! " + reason.what, .warning), .text(context.say(.signInOffline), .normal),
            ]
        case .failed(let explanation):
            let reason = context.language.explain(explanation)
            return [.text("! " + reason.what, .bad), .text("→ " + reason.nextStep, .normal)]
        }
    }
}

/// Why nobody was signed in.
package enum SignInRefusal: Equatable, Sendable {
    /// The registrar knows no such operator with this password.
    case wrong
    /// It looks at no more passwords before then.
    case limited(until: Timestamp)
    /// What is to be kept of the sign-in belongs into a vault that is closed.
    case vaultLocked(OperatorID)
    /// The registrar did not answer.
    case notReached(Explanation)
    case failed(Explanation)
}
