import Canvas

/// A file to be picked: a picture of a label, a certificate request, a key, a certificate.
package struct FilesScreen: Screen {
    package enum Subject: Equatable, Sendable {
        case picture, request, key, root

        var endings: [String] {
            switch self {
            case .picture: ["png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp", "gif", "pgm", "pbm"]
            case .request: ["csr", "pem", "der", "p10", "req"]
            case .key: ["key", "pem", "tss"]
            case .root: ["pem", "crt", "cer", "der"]
            }
        }

        /// Where it begins; `nil` where there are samples to begin with.
        var start: String? {
            switch self {
            case .picture, .request: nil
            case .key, .root: "~"
            }
        }

        var title: Phrase {
            switch self {
            case .picture: .filesPicture
            case .request: .filesRequest
            case .key: .filesKey
            case .root: .filesRoot
            }
        }
    }

    private let subject: Subject
    private var directory: String?
    private var rows: [FileRow]?
    private var list = ListState()

    package init(_ subject: Subject = .picture) {
        self.subject = subject
    }

    package func offers(_ context: Context) -> [Offer] { [Offer(.open), Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared: return [.request(.listFiles(directory: directory ?? subject.start))]
        case .answered(.filesListed(let directory, let rows)):
            self.directory = directory
            self.rows = [FileRow(name: "..", isDirectory: true)] + rows.filter(isWanted)
            list = ListState(selected: 1)
            return []
        case .entered, .act(.open): return open()
        case .touched(let index):
            list.choose(index)
            return open()
        case .move(let move):
            list.move(move, count: rows?.count ?? 0)
            return []
        case .act(.back): return [.back(nil)]
        case .act, .scanned, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    private func isWanted(_ row: FileRow) -> Bool {
        row.isDirectory
            || subject.endings.contains(String(row.name.lowercased().split(separator: ".").last ?? ""))
    }

    private mutating func open() -> [Effect] {
        guard let rows, let index = list.index(of: rows.count), let directory else { return [] }
        let row = rows[index]
        let path = row.name == ".." ? Self.parent(of: directory) : Self.join(directory, row.name)
        guard row.isDirectory else { return [.back(.file(path))] }
        self.rows = nil
        return [.request(.listFiles(directory: path))]
    }

    private static func join(_ directory: String, _ name: String) -> String {
        directory.hasSuffix("/") ? directory + name : directory + "/" + name
    }

    private static func parent(of directory: String) -> String {
        guard let slash = directory.lastIndex(of: "/"), slash != directory.startIndex else { return "/" }
        return String(directory[..<slash])
    }

    package func view(_ context: Context) -> View {
        let title = context.say(subject.title)
        guard let rows, let directory else {
            return View(title: title, blocks: [.text(context.say(.loading), .hint)])
        }
        let items = rows.map {
            View.Item(mark: $0.isDirectory ? "▸" : "·", [$0.name + ($0.isDirectory ? "/" : "")])
        }
        return View(
            title: title,
            blocks: [
                .text(TextLayout.truncateHead(directory, columns: context.size.columns - 2), .hint),
                .list(items, selected: list.index(of: items.count)),
            ])
    }
}
