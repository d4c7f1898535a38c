import Intake
import Model
import Preview

/// Every kind of screen with all that it can offer, asked of the screens themselves.
enum KeySheetScreens {
    /// The title of each screen with its actions, in the order of the work.
    static func all(_ context: Context) -> [(Phrase, [Action])] {
        let lane = DeviceIdentifier.serial("", of: nil)
        let screens: [(Phrase, any Screen)] = [
            (.actionHome, HomeScreen()), (.factJob, JobScreen(JobID(trusted: "any"))),
            (.actionBatch, SetupScreen()), (.batchReady, withCamera(BatchScreen(), context)),
            (.captureTitle, withCamera(CaptureScreen(), context)),
            (.identifyTitle, IdentifyScreen(device, labels: [])), (.checkTitle, CheckScreen(candidate)),
            (.doneTitle, DoneScreen(candidate, SavedFacts(lane: lane, name: "", operations: []))),
            (.actionReceipt, ReceiptScreen(row)), (.actionOutbox, OutboxScreen()),
            (.factOperation, OperationScreen(row)), (.findTitle, FindScreen()),
            (.factDevice, DeviceScreen(lane)), (.actionPrincipals, PrincipalsScreen(lane)),
            (.actionHandOver, HandOverScreen(lane)), (.actionVerify, VerifyScreen(lane)),
            (.actionRevoke, RevokeScreen(name: "")),
            (.actionDoctor, DoctorScreen()), (.actionSettings, SettingsScreen()),
            (.actionCalibrate, CalibrationScreen()), (.unlockTitle, UnlockScreen()),
            (.lockTitle, LockScreen()), (.actionSignIn, SignInScreen(session)),
            (.keySheetList, ChoiceScreen(.product, context)), (.keySheetText, TextScreen(.note)),
            (.keySheetConfirm, ConfirmScreen(.revoke, name: "")),
            (.keySheetFiles, FilesScreen()), (.actionHelp, HelpScreen()),
        ]
        return screens.map { title, screen in (title, screen.offers(context).map(\.action)) }
    }

    /// As it is while the camera shows a picture.
    private static func withCamera(_ screen: some Screen, _ context: Context) -> any Screen {
        let frame = GrayFrame(width: 1, height: 1, pixels: [0], sequence: 0, capturedAtMilliseconds: 0)
        let sight = CameraSight(picture: View.Pixels(frame: frame), hasTorch: true)
        var open = screen
        _ = open.handle(.act(.camera), context)
        _ = open.handle(.answered(.cameraSees(sight)), context)
        return open
    }

    private static let device = CapturedDevice(identity: DeviceIdentity(fields: [:]))
    private static let candidate = Candidate(device: device, tenant: TenantID(trusted: "any"))

    private static let session = SessionFact(
        operatorID: OperatorID(trusted: "any"), registrar: RegistrarID(trusted: "any"), registrarName: "",
        isEmbedded: false)

    private static let row = OutboxRow(
        operationID: OperationID(milliseconds: 0, random: Array(repeating: 0, count: 10)), summary: "",
        mark: .saved, state: .toBeSent, lane: .serial("", of: nil), tenant: TenantID(trusted: "any"),
        operatorID: OperatorID(trusted: "any"), savedAt: Timestamp(milliseconds: 0))
}
