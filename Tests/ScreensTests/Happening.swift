import HandOver
import Intake
import Labels
import Model
import Preview
import Screens

/// A kind of event of a screen, with enough examples that a screen which does something on it does so on one of them.
enum Happening: CaseIterable {
    case appeared, act, move, touched, entered, scanned, rawScan, chose, answered, storeChanged

    /// The kind of an event: what is added to `ScreenEvent` has to be added here.
    init(_ event: ScreenEvent) {
        self =
            switch event {
            case .appeared: .appeared
            case .act: .act
            case .move: .move
            case .touched: .touched
            case .entered: .entered
            case .scanned: .scanned
            case .rawScan: .rawScan
            case .chose: .chose
            case .answered: .answered
            case .storeChanged: .storeChanged
            }
    }

    var events: [ScreenEvent] { Self.examples.filter { Happening($0) == self } }

    private static let examples: [ScreenEvent] =
        [.appeared, .entered, .storeChanged, .touched(1), .rawScan(["a", "\r"])]
        + [.move(.down), .move(.last), .move(.up)] + Action.allCases.map { .act($0) }
        + ["SN-1001", "oslo-1", "POS:rack-2"].map {
            .scanned(Scanned(Payload(text: $0), origin: .wedge))
        } + choices.map { ScreenEvent.chose($0) }
        + (answers + deviceAnswers).map { ScreenEvent.answered($0) }

    private static let choices: [Choice] = [
        .tenant(Stage.acme), .site(Stage.oslo), .product(ProductID(trusted: "gateway")),
        .positionRule(.free), .file("/x"), .camera("/dev/video0"), .otherCamera,
        .text(.position, "rack-2"), .text(.withdrawReason, "why"), .text(.releaseReason, "why"),
        .text(.note, "so"), .text(.path, "/x"), .text(.pattern, "rack-{n}"), .text(.camera, "x.y4m"),
        .text(.link, "dir:/x"), .text(.knownBy, "/x"), .text(.console, "x.json"), .text(.service, ""),
        .text(.revokeText, "why"), .revocation(.keyCompromise, text: nil), .confirmed(.revoke),
        .confirmed(.newKey), .confirmed(.interrupt), .way(HandOverWay("serial:/dev/ttyUSB0")),
    ]

    private static let answers: [Screens.Answer] = [
        .workLoaded(Stage.work), .checked(ticket: 1, CheckFacts(lane: nil, findings: [.noSingleDevice])),
        .saved(ticket: 1, SavedFacts(lane: lane, name: "GW-1", operations: [.test(1)])),
        .saveFailed(ticket: 1, Scene.unreachable), .undone([.test(1)]),
        .jobLoaded(JobProgress(of: Stage.job)), .operationsLoaded([Scene.row(1, .sent)]),
        .operationsLoaded([Scene.row(2, .sent)]),
        .outboxLoaded(.needsYou, []), .outboxLoaded(.open, []), .decided(.test(1)),
        .exported(path: "/x", count: 1),
        .found("", []), .found("nobody", [facts]), .deviceLoaded(facts), .operationSaved(lane, .test(1)),
        .certificateWritten(path: "/x"), .receiptDrawn(.test(1), code: [[true]]), .examined([]),
        .pictureRead(path: "/x", []), .filesListed(directory: "/", []), .camerasListed([]),
        .cameraSees(CameraSight(picture: picture)), .cameraScanned([]), .cameraTrouble(Scene.unreachable),
        .networkChanged(.online), .scannerKept, .failed(Scene.unreachable),
    ]

    /// What comes of hand-overs, proofs and sign-ins.
    private static let deviceAnswers: [Screens.Answer] = [
        Scene.linksFound, .devicesAnnounced([]),
        .handOverStepped(lane, .keyMade), .handOverEnded(lane, .paused),
        .verifyPrepared(VerifyFacts(lane: lane, endpoint: "mqtts://x")),
        .verifyEnded(lane, .notTried(Scene.unreachable)), .verifyEnded(lane, .awaited(.test(1))),
        .signedIn(OperatorID(trusted: "jk"), until: Timestamp(milliseconds: 0)), .signInRefused(.wrong),
        .signedOut(OperatorID(trusted: "jk"), toldRegistrar: true),
    ]

    private static let lane = facts.lane

    private static let facts = Scene.facts(history: [Scene.row(1, .sent)])

    private static let picture = View.Pixels(
        frame: GrayFrame(width: 1, height: 1, pixels: [0], sequence: 0, capturedAtMilliseconds: 0))
}
