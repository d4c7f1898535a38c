package import Model

/// Finds the symbols of a picture: several engines one after the other, and changed copies while they see
/// nothing. Not to be shared between threads.
package final class Decoder {
    /// The long side at which engines look at a picture: larger ones cost time and gain little.
    private static let workingLongSide = 1600
    private let zbar: ZBarEngine
    private let zxing = ZXingEngine()
    private let patches: PatchLook

    /// `nil` when there is no memory for the engines.
    package init?() {
        guard let zbar = ZBarEngine() else { return nil }
        self.zbar = zbar
        patches = PatchLook(zbar: zbar, zxing: zxing, dmtx: DmtxEngine())
    }

    /// Looks for symbols with every engine, closer and at changed copies where that may help.
    ///
    /// EAN, UPC, ITF and Code 39 symbols are sure only when read twice alike, by ZXing at least once. What is
    /// doubtful is marked as disputed, or left out when one look alone saw it.
    ///
    /// - Parameters:
    ///   - picture: upright.
    ///   - thorough: whether changed copies that cost more are tried when the picture shows nothing sure, and
    ///     what is doubtful is given too.
    /// - Returns: all that can be read, each once, from the top of the picture down.
    package func symbols(in picture: GrayPicture, thorough: Bool = true) -> [Symbol] {
        let scene = Scene(picture, longSide: Self.workingLongSide)
        var judgement = Judgement(firstLook(scene, thorough: thorough))
        lookAgain(&judgement, scene, thorough: thorough)
        for look in [smallerLook, straightenedLook, invertedLook] where !judgement.holdsSure {
            judgement.add(look(scene))
            lookAgain(&judgement, scene, thorough: thorough)
        }
        if thorough {
            judgement.add(
                patches.sightings(
                    in: scene, besides: judgement.symbols, isSure: judgement.holdsSure))
            lookAgain(&judgement, scene, thorough: true)
            judgement.add(scene.tiles.flatMap { zxing.sighting(of: .middling, in: $0, named: .tile) })
            if !judgement.holdsSure {
                judgement.add(closerLook(scene))
                lookAgain(&judgement, scene, thorough: true)
            }
        }
        judgement.add(outlines(of: judgement.symbols, in: scene))
        // Of a live picture the next comes soon, and may leave no doubt.
        let shown = judgement.verdict.filter { thorough || !$0.isDisputed }
        return shown.sorted(by: isAbove)
    }

    // MARK: Looks

    private func firstLook(_ scene: Scene, thorough: Bool) -> [Sighting] {
        let detailed = thorough ? View(scene.picture) : scene.working
        return zbar.sightings(in: scene.working, named: .plain)
            + zxing.matrixSightings(in: detailed, named: .plain)
            + zxing.linearSightings(in: detailed, named: .plain)
    }

    /// Aztec symbols that lie aslant, each straightened by the squares in its middle.
    private func straightenedLook(_ scene: Scene) -> [Sighting] {
        let picture = scene.working.picture
        return BullsEye.all(in: picture).flatMap { eye -> [Sighting] in
            // ZXing 1.4 reads some of them only when they do not lie quite upright.
            for degrees in [0.0, 5] {
                let view = View.straightened(picture, around: eye, degrees: degrees)?.after(scene.working)
                let found = view.map { zxing.sighting(of: .aztec, in: $0, named: .straightened) } ?? []
                if !found.isEmpty { return found }
            }
            return []
        }
    }

    /// Data Matrix where ZXing does not find it, for as long as libdmtx may look.
    /// Half and two thirds of the size, with both ways to tell black from white: blurred symbols.
    private func smallerLook(_ scene: Scene) -> [Sighting] {
        let formats: [ZXingEngine.Formats] = [.matrix, [.matrix, .oneThreshold], .linear]
        return [(scene.halved, ViewName.halved), (scene.reduced, .reduced)].flatMap { view, name in
            formats.flatMap { zxing.sighting(of: $0, in: view, named: name) }
        }
    }

    /// Twice the working size: small or far symbols. One symbol a kind, as ZXing 1.4 may abort otherwise.
    private func closerLook(_ scene: Scene) -> [Sighting] {
        zbar.sightings(in: scene.doubled, named: .doubled, density: 2)
            + zxing.sighting(of: .matrix, in: scene.doubled, named: .doubled)
            + zxing.linearSightings(in: scene.doubled, named: .doubled)
    }

    /// Light on dark, which ZXing 1.4 does not try by itself, and ZBar only for as much time again.
    private func invertedLook(_ scene: Scene) -> [Sighting] {
        zxing.matrixSightings(in: scene.inverted, named: .inverted)
            + zxing.linearSightings(in: scene.inverted, named: .inverted)
    }

    // MARK: Second reads

    /// Looks at more sizes for the weak kinds that were read too rarely, until none is unsure.
    private func lookAgain(_ judgement: inout Judgement, _ scene: Scene, thorough: Bool) {
        let sizes: [(ViewName, (Scene) -> View)] = [
            (.halved, \.halved), (.doubled, \.doubled), (.reduced, \.reduced), (.enlarged, \.enlarged),
        ]
        for (name, view) in sizes where !judgement.weak.isEmpty {
            let formats = judgement.weak.reduce(into: ZXingEngine.Formats()) { $0.formUnion(.kind(of: $1)) }
            judgement.add(zxing.linearSightings(of: formats, in: view(scene), named: name))
        }
        for (name, view) in [(ViewName.reduced, scene.reduced), (.halved, scene.halved)]
        where !judgement.weak.isEmpty {
            judgement.add(zbar.sightings(in: view, named: name).filter(\.symbology.needsTwoReads))
        }
        if thorough, !judgement.weak.isEmpty {
            let again = zbar.sightings(in: scene.doubled, named: .doubled, density: 2)
            judgement.add(again.filter(\.symbology.needsTwoReads))
        }
    }

    private static let mostStrips = 8

    /// Looks again, in a strip alone, at linear symbols of which too few scan lines were read to say where
    /// they are.
    private func outlines(of symbols: [SightedSymbol], in scene: Scene) -> [Sighting] {
        let thin = symbols.filter(\.needsOutline).prefix(Self.mostStrips)
        let again = thin.flatMap { symbol in
            scene.strips(around: symbol).flatMap { strip in
                zbar.sightings(in: strip, named: .strip)
                    + zxing.linearSightings(of: .kind(of: symbol.symbology), in: strip, named: .strip)
            }
        }
        let known = Set(thin.flatMap(\.sightings).map(Reading.init))
        return again.filter { known.contains(Reading($0)) }
    }

    private func isAbove(_ left: Symbol, _ right: Symbol) -> Bool {
        guard let first = left.points.map(\.y).min(), let second = right.points.map(\.y).min() else {
            return false
        }
        return first < second
    }
}
