internal import CImages
internal import Glibc
internal import Model

/// Looks at what may be a symbol by itself: at patches in which the brightness changes along both directions.
///
/// A matrix symbol is sought in the middle of its patch, at two sizes and by every engine; a linear one, whose bars all run one
/// way, is turned upright by exactly as much as it lies aslant.
struct PatchLook {
    let zbar: ZBarEngine
    let zxing: ZXingEngine
    let dmtx: DmtxEngine

    /// Milliseconds for libdmtx at one patch, which is small, and how many patches it looks at.
    private static let patchMilliseconds: Int32 = 40
    private static let mostForDmtx = 4
    /// How many patches are looked at where a symbol is read already, and at how many of them libdmtx looks.
    private static let mostBesideSure = 3
    private static let mostForDmtxBesideSure = 1
    /// How much of the change must be in one direction for bars.
    private static let barsCoherence = 0.5

    /// What there is besides the symbols that are known, whose places are passed over. Where one of them is sure, less is done
    /// for what may be another.
    func sightings(in scene: Scene, besides symbols: [SightedSymbol], isSure: Bool) -> [Sighting] {
        let patches = scene.patches(besides: symbols).prefix(isSure ? Self.mostBesideSure : .max)
        let mostForDmtx = isSure ? Self.mostForDmtxBesideSure : Self.mostForDmtx
        return patches.enumerated().flatMap { index, patch in
            sightings(in: patch, withDmtx: index < mostForDmtx)
        }
    }

    private func sightings(in patch: View, withDmtx: Bool) -> [Sighting] {
        let larger = View.doubled(patch.picture).after(patch)
        let looks = [bars, matrix, bullsEyes] + (withDmtx ? [dataMatrix] : [])
        for look in looks {
            let found = look(patch, larger)
            if !found.isEmpty { return found }
        }
        return []
    }

    private func matrix(_ patch: View, _ larger: View) -> [Sighting] {
        for (formats, view, name) in [
            (ZXingEngine.Formats.matrix, patch, ViewName.patch), (.matrix, larger, .patchDoubled),
            ([.matrix, .oneThreshold], larger, .patchDoubled),
        ] {
            let found = zxing.sighting(of: formats, in: view, named: name)
            if !found.isEmpty { return found }
        }
        return []
    }

    /// Bars, turned upright. Weak kinds are read at both sizes.
    private func bars(_ patch: View, _ larger: View) -> [Sighting] {
        guard let degrees = Self.slant(of: patch.picture) else { return [] }
        return [(patch, ViewName.patch), (larger, .patchDoubled)].flatMap { view, name in
            let upright = View.turned(view.picture, degrees: -degrees).after(view)
            return zxing.linearSightings(in: upright, named: name)
                + zbar.sightings(in: upright, named: name)
                .filter { !$0.symbology.isMatrix }
        }
    }

    private func bullsEyes(_ patch: View, _ larger: View) -> [Sighting] {
        BullsEye.all(in: larger.picture).flatMap { eye in
            [0.0, 5, 45].lazy.compactMap { degrees in
                View.straightened(larger.picture, around: eye, degrees: degrees)?.after(larger)
            }.map { zxing.sighting(of: .aztec, in: $0, named: .straightened) }.first { !$0.isEmpty } ?? []
        }
    }

    /// One read of libdmtx is not enough.
    private func dataMatrix(_ patch: View, _ larger: View) -> [Sighting] {
        let seen = dmtx.sightings(in: patch, named: .patch, milliseconds: Self.patchMilliseconds)
        guard !seen.isEmpty else { return [] }
        return seen + dmtx.sightings(in: larger, named: .patchDoubled, milliseconds: Self.patchMilliseconds)
    }

    /// How far bars are turned clockwise from upright, in degrees from -90 to 90; `nil` where they do not run one way.
    private static func slant(of picture: GrayPicture) -> Double? {
        var sums = [0.0, 0, 0]
        picture.pixels.withUnsafeBufferPointer { pixels in
            cimages_direction(pixels.baseAddress, Int32(picture.width), Int32(picture.height), &sums)
        }
        let (along, across, product) = (sums[0], sums[1], sums[2])
        let total = along + across
        let directed = ((along - across) * (along - across) + 4 * product * product).squareRoot()
        guard total > 0, directed / total >= barsCoherence else { return nil }
        return atan2(2 * product, along - across) / 2 / Double.pi * 180
    }
}
