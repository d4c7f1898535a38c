internal import CZBar
internal import Model

/// Reads QR, Code 128, Code 39, EAN and UPC with ZBar.
///
/// Settings as measured: symbologies named one by one, bytes left as they are (ZBar's guess
/// at text encodings is wrong for most European text).
final class ZBarEngine {
    private let scanner: OpaquePointer

    /// `nil` when there is no memory for a scanner.
    init?() {
        guard let made = zbar_image_scanner_create() else { return nil }
        scanner = made
        zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0)
        for kind in [ZBAR_QRCODE, ZBAR_CODE128, ZBAR_CODE39, ZBAR_EAN13, ZBAR_EAN8, ZBAR_UPCA, ZBAR_UPCE] {
            zbar_image_scanner_set_config(scanner, kind, ZBAR_CFG_ENABLE, 1)
        }
        zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1)
        // Shorter Code 39 is read out of stripes that are none.
        zbar_image_scanner_set_config(scanner, ZBAR_CODE39, ZBAR_CFG_MIN_LEN, 4)
        zbar_image_scanner_enable_cache(scanner, 0)
    }

    deinit { zbar_image_scanner_destroy(scanner) }

    /// What it sees when one of `density` rows and columns is scanned.
    func sightings(
        in view: View, named name: ViewName, density: Int32 = 1
    ) -> [Sighting] {
        let picture = view.picture
        zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, density)
        zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, density)
        guard let image = zbar_image_create() else { return [] }
        defer { zbar_image_destroy(image) }
        zbar_image_set_format(image, czbar_grey)
        zbar_image_set_size(image, UInt32(picture.width), UInt32(picture.height))
        return picture.pixels.withUnsafeBytes { pixels in
            zbar_image_set_data(image, pixels.baseAddress, UInt(pixels.count), nil)
            guard zbar_scan_image(scanner, image) > 0 else { return [] }
            var found: [Sighting] = []
            var next = zbar_image_first_symbol(image)
            while let symbol = next {
                if let sighting = sighting(of: symbol, in: view, named: name) { found.append(sighting) }
                next = zbar_symbol_next(symbol)
            }
            return found
        }
    }

    private func sighting(of symbol: OpaquePointer, in view: View, named name: ViewName) -> Sighting? {
        let kind = zbar_symbol_get_type(symbol)
        guard let symbology = Self.symbology(of: kind), let data = zbar_symbol_get_data(symbol) else {
            return nil
        }
        let bytes = Array(
            UnsafeRawBufferPointer(start: data, count: Int(zbar_symbol_get_data_length(symbol))))
        let spots = (0..<zbar_symbol_get_loc_size(symbol)).map { index in
            view.original(
                Spot(
                    x: Double(zbar_symbol_get_loc_x(symbol, index)),
                    y: Double(zbar_symbol_get_loc_y(symbol, index))))
        }
        let isGS1 = zbar_symbol_get_modifiers(symbol) & (1 << ZBAR_MOD_GS1.rawValue) != 0
        // A QR code comes as its corners, counter-clockwise; a linear one as the ends of its scan lines.
        let outline = symbology == .qr && spots.count == 4 ? [spots[0], spots[3], spots[2], spots[1]] : nil
        return Sighting(
            symbology: symbology, bytes: bytes, aimIdentifier: Self.aimIdentifier(symbology, isGS1: isGS1),
            outline: outline ?? rectangle(around: spots), witness: Witness(engine: .zbar, view: name))
    }

    private static func symbology(of kind: zbar_symbol_type_t) -> Symbology? {
        switch kind {
        case ZBAR_QRCODE: .qr
        case ZBAR_CODE128: .code128
        case ZBAR_CODE39: .code39
        case ZBAR_EAN13: .ean13
        case ZBAR_EAN8: .ean8
        case ZBAR_UPCA: .upca
        case ZBAR_UPCE: .upce
        default: nil
        }
    }

    /// ISO/IEC 15424: what ZBar's symbology and modifier mean.
    private static func aimIdentifier(_ symbology: Symbology, isGS1: Bool) -> String? {
        switch symbology {
        case .qr: isGS1 ? "]Q3" : "]Q1"
        case .code128: isGS1 ? "]C1" : "]C0"
        case .code39: "]A0"
        case .ean13, .upca, .upce: "]E0"
        case .ean8: "]E4"
        case .microqr, .code93, .itf, .datamatrix, .aztec, .pdf417, .codabar, .databar: nil
        }
    }
}
