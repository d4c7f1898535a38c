import Canvas
import Intake
import Labels
import Model

/// Gets what the label of one device holds, whichever way: scanner, camera, picture, paste or typing.
package struct CaptureScreen: Screen {
    private var typed: TextField? = TextField()
    private var gathering = Gathering()
    /// What was scanned on the screen before.
    private var first: Scanned?
    /// What could not be used last, in words.
    private var refusal: String?
    private var camera = CameraView()

    package init(_ scanned: Scanned? = nil) {
        first = scanned
    }

    package var field: TextField? {
        get { typed }
        set { typed = newValue }
    }

    package func offers(_ context: Context) -> [Offer] {
        [Offer(.camera), Offer(.image), Offer(.product)] + camera.offers + [Offer(.back)]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared:
            guard let scanned = first else { return [] }
            first = nil
            return take([scanned], context)
        case .scanned(let scanned): return take([scanned], context)
        case .entered:
            guard let text = typed?.text, !text.isEmpty else { return [] }
            return take([Scanned(Payload(text: text), origin: .typed)], context)
        case .act(.image): return [.open(.files(FilesScreen()))]
        case .act(.product): return [.open(.choice(ChoiceScreen(.product, context)))]
        case .act(.back): return camera.close() + [.back(nil)]
        case .act(let action): return camera.act(action, context)
        case .chose(.file(let path)): return [.request(.readPicture(path: path))]
        case .chose(.product(let product)):
            var assignment = context.assignment
            assignment.product = product
            return [.assign(assignment)]
        case .answered(.pictureRead(let path, let symbols)): return take(symbols, of: path, context)
        case .answered(.cameraScanned(let symbols)): return take(symbols, of: nil, context)
        case .answered(let answer): return camera.take(answer)
        case .move, .touched, .chose, .storeChanged, .rawScan: return []
        }
    }

    /// All codes of one picture are of one label.
    private mutating func take(_ symbols: [Symbol], of path: String?, _ context: Context) -> [Effect] {
        guard !symbols.isEmpty else {
            return [.explain(.noSymbol(path ?? ""))]
        }
        let origin: Scanned.Origin = path == nil ? .camera : .image
        return take(symbols.map { Scanned(Payload($0), origin: origin) }, context)
    }

    private mutating func take(_ scanned: [Scanned], _ context: Context) -> [Effect] {
        switch gathering.add(scanned, product: nil, context) {
        case .device(let device):
            let labels = gathering.labels
            let text = scanned.first { $0.origin == .typed }?.text
            let only =
                labels.count == 1 && scanned.count == 1 ? scanned.first.map { Redacted($0.payload) } : nil
            (gathering, refusal) = (Gathering(), nil)
            typed?.clear()
            return camera.close() + [
                .ring,
                .replace(.identify(IdentifyScreen(device, labels: labels, typed: text, code: only))),
            ]
        case .incomplete:
            typed?.clear()
            refusal = context.say(.captureIncomplete)
            return [.ring]
        case .refused(let explanation):
            let reason = context.language.explain(explanation)
            refusal = "\(reason.what) \(reason.nextStep)"
            return [.ring, .ring]
        }
    }

    package func view(_ context: Context) -> View {
        var blocks = camera.blocks(context)
        blocks.append(.heading(context.say(.capturePrompt)))
        if let refusal { blocks.append(.text("! " + refusal, .warning)) }
        for label in gathering.labels {
            blocks.append(.facts(LabelFacts.of(label, context)))
        }
        blocks += [
            .field(
                label: context.say(.captureField), text: typed?.text ?? "", hint: context.say(.captureHint)),
            .gap,
        ]
        if let product = context.assignment.product {
            blocks.append(.facts([View.Fact(context.say(.factProduct), product.rawValue)]))
        }
        return View(title: context.say(.captureTitle), blocks: blocks)
    }
}

extension Explanation {
    /// A picture on which nothing could be read.
    static func noSymbol(_ path: String) -> Explanation {
        Explanation(
            id: "no_symbol", what: "Nothing was saved: no code could be read on `\(path)`.",
            nextStep: "Take the picture again: closer, sharper, without glare; or type the serial.")
    }
}
