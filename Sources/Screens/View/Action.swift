/// Everything that can be done on a screen by a key, a touch or a word. One action has one name and one help everywhere.
package enum Action: String, Codable, CaseIterable, Sendable {
    // Going about
    case back, help, home
    case scan, batch, outbox, find, doctor, settings, unlock, sync
    // Capture
    case camera, image, product, torch
    // One device
    case accept, save, alternative, principals, handOver, verify, receipt, undo, another
    case site, position, tenant, confirmMode, stop, start
    // Outbox and devices
    case retry, withdraw, takeMine, takeTheirs, export, open, filter, release, note, importRequest
    case writeCertificate, revoke
    // Hand-over and proof
    case way, discover, knownBy, console, service, deviceKey, keyFile, root
    case askTarget, askDevice, interrupt
    // Who works
    case signIn, signOut
    // Settings
    case theme, language, touch, chooseCamera, calibrate, resetScanner, keySheet, device
    // Trouble
    case dismiss, again, quit

    /// The short name on a button.
    package var name: Phrase { words.name }
    /// What it does, for the help screen and the key sheet.
    package var help: Phrase { words.help }

    private var words: (name: Phrase, help: Phrase) {
        switch self {
        case .back: (.actionBack, .actionBackHelp)
        case .help: (.actionHelp, .actionHelpHelp)
        case .home: (.actionHome, .actionHomeHelp)
        case .scan: (.actionScan, .actionScanHelp)
        case .batch: (.actionBatch, .actionBatchHelp)
        case .outbox: (.actionOutbox, .actionOutboxHelp)
        case .find: (.actionFind, .actionFindHelp)
        case .doctor: (.actionDoctor, .actionDoctorHelp)
        case .settings: (.actionSettings, .actionSettingsHelp)
        case .unlock: (.actionUnlock, .actionUnlockHelp)
        case .sync: (.actionSync, .actionSyncHelp)
        case .camera: (.actionCamera, .actionCameraHelp)
        case .image: (.actionImage, .actionImageHelp)
        case .product: (.actionProduct, .actionProductHelp)
        case .torch: (.actionTorch, .actionTorchHelp)
        case .accept: (.actionAccept, .actionAcceptHelp)
        case .save: (.actionSave, .actionSaveHelp)
        case .alternative: (.actionAlternative, .actionAlternativeHelp)
        case .principals: (.actionPrincipals, .actionPrincipalsHelp)
        case .handOver: (.actionHandOver, .actionHandOverHelp)
        case .verify: (.actionVerify, .actionVerifyHelp)
        case .receipt: (.actionReceipt, .actionReceiptHelp)
        case .undo: (.actionUndo, .actionUndoHelp)
        case .another: (.actionAnother, .actionAnotherHelp)
        case .site: (.actionSite, .actionSiteHelp)
        case .position: (.actionPosition, .actionPositionHelp)
        case .tenant: (.actionTenant, .actionTenantHelp)
        case .confirmMode: (.actionConfirmMode, .actionConfirmModeHelp)
        case .stop: (.actionStop, .actionStopHelp)
        case .start: (.actionStart, .actionStartHelp)
        case .retry: (.actionRetry, .actionRetryHelp)
        case .withdraw: (.actionWithdraw, .actionWithdrawHelp)
        case .takeMine: (.actionTakeMine, .actionTakeMineHelp)
        case .takeTheirs: (.actionTakeTheirs, .actionTakeTheirsHelp)
        case .export: (.actionExport, .actionExportHelp)
        case .open: (.actionOpen, .actionOpenHelp)
        case .filter: (.actionFilter, .actionFilterHelp)
        case .release: (.actionRelease, .actionReleaseHelp)
        case .note: (.actionNote, .actionNoteHelp)
        case .importRequest: (.actionImportRequest, .actionImportRequestHelp)
        case .writeCertificate: (.actionWriteCertificate, .actionWriteCertificateHelp)
        case .revoke: (.actionRevoke, .actionRevokeHelp)
        case .way: (.actionWay, .actionWayHelp)
        case .discover: (.actionDiscover, .actionDiscoverHelp)
        case .knownBy: (.actionKnownBy, .actionKnownByHelp)
        case .console: (.actionConsole, .actionConsoleHelp)
        case .service: (.actionService, .actionServiceHelp)
        case .deviceKey: (.actionDeviceKey, .actionDeviceKeyHelp)
        case .keyFile: (.actionKeyFile, .actionKeyFileHelp)
        case .root: (.actionRoot, .actionRootHelp)
        case .askTarget: (.actionAskTarget, .actionAskTargetHelp)
        case .askDevice: (.actionAskDevice, .actionAskDeviceHelp)
        case .interrupt: (.actionInterrupt, .actionInterruptHelp)
        case .signIn: (.actionSignIn, .actionSignInHelp)
        case .signOut: (.actionSignOut, .actionSignOutHelp)
        case .theme: (.actionTheme, .actionThemeHelp)
        case .language: (.actionLanguage, .actionLanguageHelp)
        case .touch: (.actionTouch, .actionTouchHelp)
        case .chooseCamera: (.actionCamera, .actionChooseCameraHelp)
        case .calibrate: (.actionCalibrate, .actionCalibrateHelp)
        case .resetScanner: (.actionResetScanner, .actionResetScannerHelp)
        case .keySheet: (.actionKeySheet, .actionKeySheetHelp)
        case .device: (.actionDevice, .actionDeviceHelp)
        case .dismiss: (.actionDismiss, .actionDismissHelp)
        case .again: (.actionAgain, .actionAgainHelp)
        case .quit: (.actionQuit, .actionQuitHelp)
        }
    }
}

/// An action as a screen offers it now. One that cannot be taken stays visible and answers with its reason.
package struct Offer: Equatable, Sendable {
    package var action: Action
    package var disabledReason: Phrase?

    package init(_ action: Action, disabled reason: Phrase? = nil) {
        self.action = action
        disabledReason = reason
    }
}
