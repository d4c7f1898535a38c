import CommandTable
import Labels
import Model
import Processes
import Synchronization

/// What makers print, as it is installed: templates and profiles in `templates` of the assets, and those of this user.
enum LabelTemplates {
    /// - Throws: `CommandFailure` with exit code 65 that names the file which cannot be used.
    static func installed(_ surroundings: Surroundings) throws -> ProfileFile {
        var all = ProfileFile()
        for directory in directories(surroundings) {
            for path in surroundings.fileNames(in: directory) where path.hasSuffix(".json") {
                // What this user has takes the place of what is shipped under the same name.
                let file = try read(directory + "/" + path, surroundings)
                all.templates.removeAll { known in file.templates.contains { $0.name == known.name } }
                all.profiles.removeAll { known in file.profiles.contains { $0.name == known.name } }
                all.templates += file.templates
                all.profiles += file.profiles
            }
        }
        return all
    }

    /// Where this user's own are.
    static func ownDirectory(_ surroundings: Surroundings) -> String {
        surroundings.configurationDirectory("muster") + "/templates"
    }

    private static func directories(_ surroundings: Surroundings) -> [String] {
        [surroundings.assetsDirectory.map { $0 + "/templates" }, ownDirectory(surroundings)].compactMap { $0 }
    }

    /// Reads a file and proves its profiles by their examples.
    private static func read(_ path: String, _ surroundings: Surroundings) throws -> ProfileFile {
        do {
            let file = try ProfileFile(json: try Files.read(path, limit: 1 << 20))
            try file.prove(with: LabelReader(file, surroundings))
            return file
        } catch {
            let reason = CommandFailure(error).explanation
            throw CommandFailure(
                .badInput, "template_unusable",
                "The label templates of \(path) cannot be used: \(reason.what)",
                "Correct the file, or take it out of the directory.")
        }
    }
}

extension LabelReader {
    /// A reader with what is installed.
    static func installed(_ surroundings: Surroundings) throws -> LabelReader {
        LabelReader(try LabelTemplates.installed(surroundings), surroundings)
    }

    init(_ file: ProfileFile, _ surroundings: Surroundings) {
        self.init(
            templates: file.templates, profiles: file.profiles, year: surroundings.year, digests: .system,
            makers: .system)
    }
}

extension AddressMakers {
    /// Those of Debian's package `ieee-data`, read when an address first turns up.
    static let system = AddressMakers { InstalledBlocks.shared.blocks }
}

/// The listings of hardware addresses on this machine, read once.
private final class InstalledBlocks: Sendable {
    static let shared = InstalledBlocks()

    private let read = Mutex<AddressBlocks??>(nil)

    var blocks: AddressBlocks? {
        read.withLock { read in
            if let known = read { return known }
            let listings = ["oui.csv", "mam.csv", "oui36.csv"].compactMap { name in
                // A machine without the listing knows no makers, which is said where it matters.
                try? Files.read("/usr/share/ieee-data/" + name, limit: 64 << 20)
            }
            let blocks = AddressBlocks(listings: listings)
            read = .some(blocks.isEmpty ? nil : blocks)
            return blocks.isEmpty ? nil : blocks
        }
    }
}
