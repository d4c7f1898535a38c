import Camera
import Credentials
import HandOver
import HTTPClient
import Intake
import Labels
import MQTTClient
import Model
import Processes
import QRCodes
import SQLite
import Scanning
import Screens
import Store
import SyncCore
import Wedge

/// An example of everything that can go wrong on a screen, with details of which each is different.
enum Explanations {
    static let all: [Explanation] =
        ProblemCode.allCases.map { Problem($0).explanation } + findings.map(\.explanation)
        + stores.map(\.explanation) + services.map(\.explanation) + files.map(\.explanation)
        + cameras.map(\.explanation) + pictures.map(\.explanation) + captured.map(\.explanation)
        + scanners.map(\.explanation) + calibrations.map(\.explanation) + calls.map(\.explanation)
        + credentials.map(\.explanation) + vaults.map(\.explanation) + handOvers.map(\.explanation)
        + tpms.map(\.explanation) + modules.map(\.explanation) + handshakes.map(\.explanation)
        + brokers.map(\.explanation) + witnesses.map(\.explanation) + unproven.map(\.explanation)
        + asked.map { $0.explanation(asking: "GW-7") }
        + [QRCodeError.empty, .tooLong(bytes: 4000)].map(\.explanation)

    /// Details that are Muster's own words and are said in German too.
    static let ownWords: Set<String> = Set(
        ReceiptFault.allCases.map(\.sentence) + KeyboardLayout.allCases.map(\.name))

    private static let findings: [CommissioningFinding] = [
        .noSingleDevice, .productUnknown, .productNotInCatalogue(ProductID(trusted: "p-1")),
        .labelOfAnotherProduct(ProductID(trusted: "p-2"), named: ProductID(trusted: "p-1")),
        .labelOfAnotherProduct(nil, named: ProductID(trusted: "p-1")),
        .siteNotInCatalogue(Stage.oslo), .alreadyClaimed(site: nil), .alreadyClaimed(site: Stage.oslo),
        .alreadySaved, .jobNotInCatalogue(Stage.job.jobID), .notInJob(Stage.job.jobID),
        .anotherSiteExpected(Stage.oslo), .anotherPositionExpected("rack-1"),
        .positionTaken("rack-1", by: "GW-7"), .clockWrong(offsetMilliseconds: 400_000),
    ]

    private static let vaults: [VaultError] = [
        .locked(OperatorID(trusted: "jk")), .wrongPassphrase(triesLeft: 4), .wait(seconds: 8),
        .closed(OperatorID(trusted: "jk")), .none(OperatorID(trusted: "jk")),
        .exists(OperatorID(trusted: "jk")), .weak(leastBytes: 16), .passphrasesDiffer,
        .damaged(name: "token"), .weakPIN(rule: "have 6 to 15 characters"),
    ]

    private static let stores: [StoreError] =
        [
            .conservationBroken(accepted: 12, accounted: 11),
            .illegalTransition(.test(1), state: .applied, event: .retried), .unknownOperation(.test(1)),
            .operationIDReused(.test(1)), .cannotSupersede(.test(1), state: .inFlight),
            .damagedOperation(.test(1)), .archivedOperation(.test(1)), .foreignReceipt(.test(1)),
            .laneOrder(.test(1), waitsFor: .test(2)), .notSender, .reasonMissing, .unwritable("device"),
            .notSigned(.test(1)),
        ] + databases.map { .database($0) }

    private static let databases: [SQLiteError] = [
        .diskFull(path: "/s"), .busy, .readOnly(path: "/s"), .cannotOpen(path: "/s", reason: "no"),
        .corrupt(path: "/s", reason: "torn"), .foreignFile(path: "/s"),
        .newer(path: "/s", found: 9, known: 8),
        .inputOutput(path: "/s", code: 10, reason: "disk"), .constraint("rule"),
        .malformedRow(column: "lane"),
        .misuse(code: 21, reason: "order"),
    ]

    private static let services: [ServiceProblem] =
        [
            .unreachable(detail: "no route"), .answeredBySomethingElse(status: 302),
            .certificateNotTrusted(detail: "unknown authority"), .otherRegistrar(RegistrarID(trusted: "r-2")),
            .protocolUnsupported(version: "9"), .busy(code: "rate_limited", retryAfterSeconds: nil),
            .busy(code: "rate_limited", retryAfterSeconds: 30), .signedOut(OperatorID(trusted: "jk")),
            .notAuthorised(OperatorID(trusted: "jk"), Stage.acme), .updateNeeded,
            .feedUnreadable(Stage.acme, code: "unreadable"),
        ] + ReceiptFault.allCases.map { .receiptNotAccepted($0) }

    private static let files: [SystemError] = [
        .missing(path: "/f"), .notPermitted(path: "/f"), .diskFull(path: "/f"),
        .tooLarge(path: "/f", limit: 5),
        .disconnected, .timedOut, .failed(call: "open", subject: "/f", code: 40),
        .failed(call: "poll", subject: "", code: 4),
    ]

    private static let cameras: [CameraError] = [
        .missing(path: "/c"), .notACamera(path: "/c"), .notPermitted(path: "/c"), .busy(path: "/c"),
        .noUsableFormat(path: "/c"), .unplugged(path: "/c"), .stalled(path: "/c"), .damagedFrames,
        .noSuchControl(path: "/c"), .notAVideo(path: "/c", reason: "text"), .noFFmpeg(path: "/c"),
        .system(.disconnected),
    ]

    private static let pictures: [ScanError] = [
        .notAPicture, .tooLarge, .corrupt(reason: "cut short"), .workerCrashed, .timedOut,
        .workerMissing(path: "/d"), .notAFile(.folder), .workerForbidden,
        .unconfined(reason: "no filters"), .unreadable(.diskFull(path: "/m")),
    ]

    private static let captured: [IntakeError] =
        [
            .serialMalformed, .contradiction(field: "serial", known: "A", new: "B"), .disputed(device: "A"),
            .twoReadings("serial A", "serial B"),
        ]
        + LabelError.allCases.flatMap { error in
            [nil, "json"].map { .notUnderstood(LabelFailure(format: $0, error: error)) }
        }
        + [
            LabelFault(.badChecksum, part: "checksum"), LabelFault(.badCharset, part: "gtin", position: 3),
            LabelFault(.badCheckDigit, part: "gtin", position: 14, expected: "4"),
            LabelFault(.badLength, position: 13, expected: "14"),
        ].map { .notUnderstood(LabelFailure(format: "gs1-element-string", fault: $0)) }

    private static let scanners: [WedgeFailure] =
        [.empty, .tooLong, .controlCharacters, .capsLock]
        + KeyboardLayout.allCases.map { .layoutMismatch(scanner: $0, machine: .us) }

    private static let calibrations: [CalibrationProblem] = [
        .wrongCode, .terminatorsDiffer, .separatorLost, .capsLock,
        .layoutMismatch(scanner: .us, machine: .german), .charactersLost(["{", "}"]),
    ]

    private static let calls: [HTTPClientError] = [
        .couldNotConnect(reason: "refused"), .couldNotResolve(reason: "no name"), .timedOut(sent: true),
        .certificateNotTrusted(reason: "expired"), .tlsFailed(reason: "old"), .replyTooLarge,
        .interrupted(reason: "reset", sent: true), .cancelled(sent: false), .unusable(reason: "scheme"),
        .libraryMissing(reason: "libcurl.so.4"),
    ]

    private static let handOvers: [HandOverError] = [
        .manifestUnreadable("its version must be 1"), .partDamaged("trust.pem"), .lineUnreadable("no JSON"),
        .profileUnusable(name: "p.json", reason: "no prompt"),
        .otherDevice(expected: "A", field: "serial", scanned: "B", said: "C"),
        .nothingToCompare(expected: "A"),
        .identityRefused(device: "GW-7", reason: "the device shows none"),
        .clonedIdentity(device: "A", reason: "another key"), .requestUnreadable("no PEM"),
        .refusedByDevice(code: "no_room", what: "full"), .notInstalled(device: "A"),
        .confirmationFalse(device: "A"),
        .noAnswer(link: "serial:/t"), .linkLost(link: "serial:/t"),
        .linkUnusable(link: "dir:/d", reason: "is full"),
        .notReached(link: "http://10.0.0.7", reason: "refused"),
        .answeredByOther(link: "http://10.0.0.7", what: "a web page"),
        .peerNotTrusted(link: "ssh://u@h", reason: "another key"),
        .notEncrypted(link: "http://192.0.2.1", reason: "anybody listens"),
        .stopped(device: "A"), .outOfOrder(state: .identify, event: "switched"),
    ]

    /// Those that say something else where a device was asked.
    private static let asked: [HandOverError] = [
        .otherDevice(expected: "A", field: "serial", scanned: "B", said: "C"),
        .refusedByDevice(code: "no_room", what: "full"), .noAnswer(link: "serial:/t"),
        .linkLost(link: "serial:/t"), .linkUnusable(link: "dir:/d", reason: "is full"),
        .notReached(link: "http://10.0.0.7", reason: "refused"),
        .answeredByOther(link: "http://10.0.0.7", what: "a web page"),
        .peerNotTrusted(link: "ssh://u@h", reason: "another key"),
    ]

    private static let witnesses: [WitnessError] = [
        .mayInterrupt(device: "GW-7", target: "eu"), .noTarget(device: "GW-7"),
        .noCertificate(device: "GW-7"), .questionUnknown(device: "GW-7"),
        .nobodyAnswers(device: "GW-7", link: "dir:/d"),
    ]

    private static let unproven: [ConnectionFailure] = [
        "unknown_at_target", "not_seen_by_target", "seen_before_certificate", "device_not_connected",
        "device_signature_false", "connected_with_another", "device_clock",
    ].map { Scene.failure($0, by: .target) }

    private static let credentials: [CredentialsError] = [
        .unreadable(subject: "certificate request", reason: "no PEM"),
        .tooLarge(subject: "certificate request", limitBytes: 65536),
        .notGenuine(subject: "chain", reason: "broken"), .failed(step: "Signing", reason: "no key"),
    ]

    private static let modules: [ModuleError] = [
        .badURI(rule: "it must name the key by object or id"),
        .noModule(path: "/usr/lib/hsm.so", reason: "no such file"), .noToken, .severalTokens, .wrongPIN,
        .lockedOut, .noPIN(path: "/etc/pin"), .noKey, .severalKeys, .otherKey, .otherKind(.p384),
        .refused(code: 0x30),
    ]

    private static let tpms: [TPMError] = [
        .noLibrary(reason: "libtss2-esys.so.0"), .noTPM(.kernel), .notPermitted(.kernel),
        .notAnswering(.kernel),
        .wrongPIN(triesLeft: 3), .wrongPIN(triesLeft: 1), .wrongPIN(triesLeft: 0), .wrongPIN(triesLeft: nil),
        .lockedOut(secondsPerTry: 7200), .lockedOut(secondsPerTry: nil), .notItsOwn, .badKeyFile, .badWrap,
        .badAddress("usb"), .notOffered(.p384), .refused(code: 0x101), .noEndorsementKey, .sealedForAnother,
        .sealedKeyDamaged, .badKeyBlob, .tooLong(bytes: 1025, limit: 1024),
    ]

    private static let handshakes: [TLSFault] = [
        .otherName(expected: "a.example", names: ["b.example"]),
        .expired(subject: "CN=b", at: Timestamp(milliseconds: 0)),
        .notYetValid(subject: "CN=b", from: Timestamp(milliseconds: 0)), .unknownAuthority(issuer: "CN=x"),
        .selfSigned(subject: "CN=b"), .notForServers(subject: "CN=b"), .untrusted(reason: "odd"),
        .certificateRefused(reason: "unknown CA"), .certificateRequired, .protocolTooOld,
        .notTLS(speaks: "HTTP"), .hungUp, .silent,
    ]

    private static let brokers: [MQTTError] = [
        .refused(code: 5), .versionRefused, .notAllowed(.publishing, topic: "t", code: 0x87),
        .notDelivered(topic: "t"), .sentAway(code: 0x8E), .notMQTT(reason: "a web page"),
        .unusable(reason: "topic"),
    ]
}
