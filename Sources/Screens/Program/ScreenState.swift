/// Every screen there is, each with its state.
package enum ScreenState: Equatable, Sendable {
    case unlock(UnlockScreen)
    case lock(LockScreen)
    case home(HomeScreen)
    case job(JobScreen)
    case setup(SetupScreen)
    case batch(BatchScreen)
    case capture(CaptureScreen)
    case identify(IdentifyScreen)
    case check(CheckScreen)
    case principals(PrincipalsScreen)
    case handOver(HandOverScreen)
    case verify(VerifyScreen)
    case revoke(RevokeScreen)
    case done(DoneScreen)
    case receipt(ReceiptScreen)
    case outbox(OutboxScreen)
    case operation(OperationScreen)
    case find(FindScreen)
    case device(DeviceScreen)
    case doctor(DoctorScreen)
    case settings(SettingsScreen)
    case calibration(CalibrationScreen)
    case help(HelpScreen)
    case files(FilesScreen)
    case choice(ChoiceScreen)
    case text(TextScreen)
    case confirm(ConfirmScreen)
    case signIn(SignInScreen)

    package var screen: any Screen {
        switch self {
        case .unlock(let screen): screen
        case .lock(let screen): screen
        case .home(let screen): screen
        case .job(let screen): screen
        case .setup(let screen): screen
        case .batch(let screen): screen
        case .capture(let screen): screen
        case .identify(let screen): screen
        case .check(let screen): screen
        case .principals(let screen): screen
        case .handOver(let screen): screen
        case .verify(let screen): screen
        case .revoke(let screen): screen
        case .done(let screen): screen
        case .receipt(let screen): screen
        case .outbox(let screen): screen
        case .operation(let screen): screen
        case .find(let screen): screen
        case .device(let screen): screen
        case .doctor(let screen): screen
        case .settings(let screen): screen
        case .calibration(let screen): screen
        case .help(let screen): screen
        case .files(let screen): screen
        case .choice(let screen): screen
        case .text(let screen): screen
        case .confirm(let screen): screen
        case .signIn(let screen): screen
        }
    }

    /// Changes the screen in its place, and gives back what the body gives.
    package mutating func update<Result>(_ body: (inout any Screen) -> Result) -> Result {
        var screen = screen
        let result = body(&screen)
        self = Self(screen, orElse: self)
        return result
    }

    private init(_ screen: any Screen, orElse old: ScreenState) {
        switch screen {
        case let screen as UnlockScreen: self = .unlock(screen)
        case let screen as LockScreen: self = .lock(screen)
        case let screen as HomeScreen: self = .home(screen)
        case let screen as JobScreen: self = .job(screen)
        case let screen as SetupScreen: self = .setup(screen)
        case let screen as BatchScreen: self = .batch(screen)
        case let screen as CaptureScreen: self = .capture(screen)
        case let screen as IdentifyScreen: self = .identify(screen)
        case let screen as CheckScreen: self = .check(screen)
        case let screen as PrincipalsScreen: self = .principals(screen)
        case let screen as HandOverScreen: self = .handOver(screen)
        case let screen as VerifyScreen: self = .verify(screen)
        case let screen as RevokeScreen: self = .revoke(screen)
        case let screen as DoneScreen: self = .done(screen)
        case let screen as ReceiptScreen: self = .receipt(screen)
        case let screen as OutboxScreen: self = .outbox(screen)
        case let screen as OperationScreen: self = .operation(screen)
        case let screen as FindScreen: self = .find(screen)
        case let screen as DeviceScreen: self = .device(screen)
        case let screen as DoctorScreen: self = .doctor(screen)
        case let screen as SettingsScreen: self = .settings(screen)
        case let screen as CalibrationScreen: self = .calibration(screen)
        case let screen as HelpScreen: self = .help(screen)
        case let screen as FilesScreen: self = .files(screen)
        case let screen as ChoiceScreen: self = .choice(screen)
        case let screen as TextScreen: self = .text(screen)
        case let screen as ConfirmScreen: self = .confirm(screen)
        case let screen as SignInScreen: self = .signIn(screen)
        default: self = old
        }
    }
}
