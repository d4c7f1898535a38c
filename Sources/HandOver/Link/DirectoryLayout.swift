package import Model

/// Where the files of one device are in a directory; `Protocol.md` has the whole of it.
package struct DirectoryLayout: Equatable, Sendable {
    /// The folder of the device.
    package var folder: String

    package init(folder: String) {
        self.folder = folder
    }

    /// The folder of a device by its name.
    package init(directory: String, deviceName: String) {
        folder = directory + "/" + Self.folderName(of: deviceName)
    }

    package var announcement: String { folder + "/" + Self.announcementName }
    package var request: String { folder + "/request.csr" }
    package var manifest: String { folder + "/manifest.json" }
    package var confirmation: String { folder + "/confirmation.json" }

    package static let announcementName = "device.json"

    package func part(_ name: BundleManifest.PartName, of bundle: PayloadHash) -> String {
        "\(folder)/\(bundle).\(name.rawValue)"
    }

    /// The rights of a file there: a key is its owner's alone, the rest is for everybody.
    package static func mode(of path: String) -> Int32 {
        BundleManifest.PartName.allCases.contains { $0.isSecret && path.hasSuffix("." + $0.rawValue) }
            ? 0o600 : 0o644
    }

    /// Every byte but `A-Z a-z 0-9 . _ -` as `_`, and no leading dot: a name can lead nowhere else.
    static func folderName(of name: String) -> String {
        let bytes = name.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "-"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.isEmpty || text.hasPrefix(".") ? "_" + text : text
    }
}
