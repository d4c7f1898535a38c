package import HandOver
package import Model
package import Preview

/// What came of a request.
package enum Answer: Equatable, Sendable {
    case workLoaded(WorkFacts)
    case checked(ticket: Int, CheckFacts)
    /// Said only once it is committed.
    case saved(ticket: Int, SavedFacts)
    /// Nothing of the candidate was saved.
    case saveFailed(ticket: Int, Explanation)
    case undone([OperationID])
    case jobLoaded(JobProgress)
    case operationsLoaded([OutboxRow])
    case outboxLoaded(OutboxView, [OutboxRow])
    case decided(OperationID)
    case exported(path: String, count: Int)
    case found(String, [DeviceFacts])
    case deviceLoaded(DeviceFacts)
    case linksFound(DeviceIdentifier, FoundLinks, HandOverRecord?)
    case devicesAnnounced([DiscoveredDevice])
    case handOverStepped(DeviceIdentifier, HandOverStep)
    case handOverEnded(DeviceIdentifier, HandOverEnd)
    case verifyPrepared(VerifyFacts)
    case verifyStepped(DeviceIdentifier, VerifyStep)
    case verifyEnded(DeviceIdentifier, VerifyEnd)
    case signedIn(OperatorID, until: Timestamp)
    case signInRefused(SignInRefusal)
    /// Whether the registrar has heard of it; here it holds in any case.
    case signedOut(OperatorID, toldRegistrar: Bool)
    /// A release, note or request for a certificate was committed.
    case operationSaved(DeviceIdentifier, OperationID)
    case certificateWritten(path: String)
    /// The receipt's code as a square of modules; `nil` where the terminal cannot show one.
    case receiptDrawn(OperationID, code: [[Bool]])
    case examined([DoctorRow])
    case pictureRead(path: String, [Symbol])
    case filesListed(directory: String, [FileRow])
    case camerasListed([CameraFact])
    case cameraSees(CameraSight)
    case cameraScanned([Symbol])
    case cameraTrouble(Explanation)
    case networkChanged(Network)
    /// How the scanner is listened to is on the disk.
    case scannerKept
    /// Something that was asked for could not be done.
    case failed(Explanation)
}

extension Answer {
    /// Whether a screen that is covered by another must hear of it: what became of its own work. What a camera or a picture
    /// shows is for the screen that is seen.
    var concernsCovered: Bool {
        switch self {
        case .checked, .saved, .saveFailed, .undone, .jobLoaded, .operationsLoaded, .operationSaved,
            .certificateWritten, .handOverStepped, .handOverEnded, .verifyStepped, .verifyEnded,
            .devicesAnnounced,
            .signedIn, .signInRefused:
            true
        case .workLoaded, .outboxLoaded, .decided, .exported, .found, .deviceLoaded, .receiptDrawn, .examined,
            .pictureRead, .filesListed, .camerasListed, .cameraSees, .cameraScanned, .cameraTrouble,
            .networkChanged, .scannerKept, .linksFound, .verifyPrepared, .signedOut, .failed:
            false
        }
    }
}

package struct CameraFact: Equatable, Sendable {
    package var path: String
    package var name: String

    package init(path: String, name: String) {
        self.path = path
        self.name = name
    }
}

/// What the camera shows now, made small enough for the terminal.
package struct CameraSight: Equatable, Sendable {
    package var picture: View.Pixels
    package var hints: [PictureHint]
    package var hasTorch: Bool

    package init(picture: View.Pixels, hints: [PictureHint] = [], hasTorch: Bool = false) {
        self.picture = picture
        self.hints = hints
        self.hasTorch = hasTorch
    }
}
