import CommandTable
import Labels
import Model

/// Symbols and what each says, as `muster scan` prints them.
struct SymbolLines {
    let context: CommandContext
    let reader: LabelReader

    init(_ context: CommandContext, _ reader: LabelReader) {
        self.context = context
        self.reader = reader
    }

    /// - Parameters:
    ///   - symbols: all of one file, or those that a camera has just scanned.
    ///   - path: the file or camera, as it was named.
    func show(_ symbols: [Symbol], of path: String) {
        if symbols.isEmpty {
            context.console.print(EmptyFile(file: path, symbols: 0))
            context.console.show("\(path): no code could be read")
        }
        for symbol in symbols { show(symbol, of: path) }
    }

    private func show(_ symbol: Symbol, of path: String) {
        let console = context.console
        let reading = reader.read(Payload(symbol))
        let reveal = context.invocation.has("reveal")
        let text = String(decoding: symbol.bytes, as: UTF8.self)
        let shown = reading.hasSecrets && !reveal ? Redacted<String>.placeholder : text
        console.print(
            Found(
                file: path, symbology: symbol.symbology, text: shown,
                bytes: reading.hasSecrets && !reveal
                    ? Redacted<String>.placeholder : Base64.encode(symbol.bytes),
                points: symbol.points.map { [$0.x, $0.y] },
                label: LabelJSON(reading, reveal: reveal)))
        console.show("\(path): \(symbol.symbology.rawValue)  \(shown)")
        LabelLines(reading, reveal: reveal).lines.forEach { console.show("  " + $0) }
    }

    private struct Found: Encodable {
        var file: String
        var symbology: Symbology
        var text: String
        var bytes: String
        var points: [[Int]]
        var label: LabelJSON
    }

    private struct EmptyFile: Encodable {
        var file: String
        var symbols: Int
    }
}
