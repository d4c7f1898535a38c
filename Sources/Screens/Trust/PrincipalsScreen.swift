import Canvas
package import Model

/// The five principals of a device: who holds each, who issued it, and until when it is good.
package struct PrincipalsScreen: Screen {
    private let lane: DeviceIdentifier
    private var facts: DeviceFacts?

    package init(_ lane: DeviceIdentifier) {
        self.lane = lane
    }

    package func offers(_ context: Context) -> [Offer] {
        [
            Offer(.importRequest),
            Offer(.writeCertificate, disabled: facts?.certificateChain == nil ? .reasonNoCertificate : nil),
            Offer(.handOver), Offer(.back),
        ]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared, .storeChanged: return [.request(.loadDevice(lane))]
        case .answered(.deviceLoaded(let facts)):
            if facts.lane == lane { self.facts = facts }
            return []
        case .answered(.operationSaved(lane, _)):
            return [.notice(Notice(.success, context.say(.operationIsSaved))), .request(.loadDevice(lane))]
        case .answered(.certificateWritten(let path)):
            return [.notice(Notice(.success, context.say(.certificateIn, path)))]
        case .act(.importRequest): return [.open(.files(FilesScreen(.request)))]
        case .act(.writeCertificate): return [.open(.text(TextScreen(.path, text: defaultPath)))]
        case .act(.handOver): return [.open(.handOver(HandOverScreen(lane)))]
        case .act(.back): return [.back(nil)]
        case .chose(.file(let path)): return [.request(.provision(lane, path: path))]
        case .chose(.text(.path, let path)): return [.request(.writeCertificate(lane, path: path))]
        case .entered, .act, .move, .touched, .scanned, .chose, .answered, .rawScan: return []
        }
    }

    private var defaultPath: String { "\(facts?.identity.displayName ?? lane.value).pem" }

    package func view(_ context: Context) -> View {
        guard let facts else {
            return View(title: context.say(.actionPrincipals), blocks: [.text(context.say(.loading), .hint)])
        }
        let certificate = facts.certificate
        var blocks: [View.Block] = [
            .heading(facts.identity.displayName),
            .list(facts.principals.flatMap { items(of: $0, context) }, selected: nil),
        ]
        if let certificate {
            blocks.append(
                .facts([
                    View.Fact(context.say(.factSubject), certificate.subject),
                    View.Fact(context.say(.factIssuer), certificate.issuer),
                    View.Fact(
                        context.say(.factValid), "\(certificate.notBefore.day) – \(certificate.notAfter.day)"),
                    View.Fact(context.say(.factFingerprint), certificate.fingerprint.rawValue),
                ]))
        }
        blocks.append(.text(context.say(.principalsToday), .hint))
        return View(title: context.say(.actionPrincipals), blocks: blocks)
    }

    /// Who vouches for it and until when; below, where it is kept and what proves it.
    private func items(of principal: Principal, _ context: Context) -> [View.Item] {
        let name = context.say(principal.kind.phrase)
        guard principal.holder != nil else {
            return [View.Item(mark: "·", [name, context.say(.principalNone)], role: .hint)]
        }
        let proof =
            principal.lastProof.map { context.say($0.way.phrase, $0.at.day) }
            ?? context.say(.principalNotProven)
        let kept = principal.keeping.map { context.say($0.phrase) } ?? ""
        let good = View.Item(mark: "✓", [name, kept], role: .good)
        if principal.kind == .serviceEndpoints {
            let end = principal.notAfter.map {
                context.say(.principalCertificate, principal.issuer ?? "", $0.day)
            }
            return [good, View.Item(["", principal.subject ?? ""])]
                + (end.map { [View.Item(["", $0], role: .hint)] } ?? [])
                + [View.Item(["", proof], role: principal.lastProof == nil ? .hint : .good)]
        }
        guard let issuer = principal.issuer, let end = principal.notAfter else {
            return principal.kind == .keyPair
                ? [good, View.Item(["", proof], role: .hint)] : [good]
        }
        let life = context.say(.principalCertificate, issuer, end.day)
        guard principal.kind == .deviceCertificate else {
            return [good, View.Item(["", life], role: .hint)]
        }
        return [
            good, View.Item(["", life], role: .hint),
            View.Item(["", proof], role: principal.lastProof == nil ? .warning : .good),
        ]
    }
}
