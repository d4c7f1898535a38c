import Canvas
import Model
import Wedge

/// Learns from the three codes of the scanner page how this scanner sends separators and ends.
package struct CalibrationScreen: Screen {
    private enum Phase: Equatable {
        /// What arrived so far, a scan each.
        case reading([[Unicode.Scalar]])
        case failed(CalibrationProblem)
        case learnt
    }

    private var phase = Phase.reading([])

    package init() {}

    package var takesRawScans: Bool { true }

    package func offers(_ context: Context) -> [Offer] {
        [Offer(.again), Offer(.resetScanner), Offer(.back)]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .rawScan(let raw): return take(raw)
        case .act(.again):
            phase = .reading([])
            return []
        case .act(.resetScanner):
            phase = .reading([])
            return [.keepScanner(.standard), .notice(Notice(.information, context.say(.calibrationReset)))]
        case .entered: return enter()
        case .scanned:
            return [.ring, .ring, .notice(Notice(.warning, context.say(.calibrationNotAScanner)))]
        case .answered(.scannerKept):
            guard phase == .learnt else { return [] }
            return [.notice(Notice(.success, context.say(.calibrationKept)))]
        case .act(.back): return [.back(nil)]
        case .appeared, .act, .move, .touched, .chose, .answered, .storeChanged: return []
        }
    }

    /// After the third code it is known how the scanner sends; a further scan begins anew.
    private mutating func take(_ raw: [Unicode.Scalar]) -> [Effect] {
        var read: [[Unicode.Scalar]] = []
        if case .reading(let before) = phase { read = before }
        read.append(raw)
        guard read.count == CalibrationCode.allCases.count else {
            phase = .reading(read)
            return [.ring]
        }
        switch WedgeCalibration.settings(separator: read[0], characters: read[1], envelope: read[2]) {
        case .success(let scanner):
            phase = .learnt
            return [.ring, .keepScanner(scanner)]
        case .failure(let problem):
            phase = .failed(problem)
            return [.ring, .ring]
        }
    }

    private mutating func enter() -> [Effect] {
        switch phase {
        case .reading: return []
        case .failed:
            phase = .reading([])
            return []
        case .learnt: return [.back(nil)]
        }
    }

    package func view(_ context: Context) -> View {
        View(title: context.say(.actionCalibrate), blocks: blocks(context))
    }

    private func blocks(_ context: Context) -> [View.Block] {
        switch phase {
        case .reading(let read):
            let next = CalibrationCode.allCases[read.count]
            return [
                .heading(context.say(.calibrationNow, context.say(next.name))),
                .list(items(read.count, context), selected: nil),
                .gap, .text(context.say(.calibrationPrompt), .hint),
            ]
        case .failed(let problem):
            let reason = context.language.explain(problem.explanation)
            return [
                .text("! " + reason.what, .bad), .text("→ " + reason.nextStep, .normal), .gap,
                .button(.again, context.say(.calibrationAgain)),
            ]
        case .learnt:
            return [
                .text("✓ " + context.say(.calibrationDone), .good), .gap,
                .facts(ScannerFacts.of(context.scanner, context)),
            ]
        }
    }

    private func items(_ read: Int, _ context: Context) -> [View.Item] {
        CalibrationCode.allCases.enumerated().map { index, code in
            let (mark, state, role): (String, Phrase, CellRole) =
                index < read
                ? ("✓", .calibrationRead, .good)
                : index == read ? ("▸", .calibrationNext, .heading) : ("·", .calibrationLater, .hint)
            return View.Item(
                mark: "\(mark) \(context.say(state))", [context.say(code.name), context.say(code.tests)],
                role: role)
        }
    }
}

extension CalibrationCode {
    /// As the page and the screen call it.
    package var name: Phrase {
        switch self {
        case .separator: .calibrationSeparator
        case .characters: .calibrationCharacters
        case .envelope: .calibrationEnvelope
        }
    }

    var tests: Phrase {
        switch self {
        case .separator: .calibrationSeparatorTests
        case .characters: .calibrationCharactersTests
        case .envelope: .calibrationEnvelopeTests
        }
    }
}

/// How a scanner is listened to, in words.
enum ScannerFacts {
    static func of(_ scanner: WedgeSettings, _ context: Context) -> [View.Fact] {
        let nothing = context.say(.scannerNothing)
        let end = scanner.terminators == WedgeTerminator.allCases ? nil : scanner.terminators
        return [
            View.Fact(context.say(.scannerPrefix), scanner.prefix.isEmpty ? nothing : scanner.prefix),
            View.Fact(context.say(.scannerSuffix), scanner.suffix.isEmpty ? nothing : scanner.suffix),
            View.Fact(
                context.say(.scannerSeparator),
                scanner.gsSubstitute ?? context.say(.scannerSeparatorItself)),
            View.Fact(
                context.say(.scannerEnd),
                end?.map(\.rawValue).joined(separator: " ") ?? context.say(.scannerAnyEnd)),
        ]
    }
}
