import CommandTable
import Labels
import Model
import Processes

/// The vendor templates that are installed: those in `templates` of the assets, and those of this user.
enum LabelTemplates {
    /// - Throws: `CommandFailure` with exit code 65 that names the file which cannot be used.
    static func installed(_ surroundings: Surroundings) throws -> [VendorTemplate] {
        var templates: [VendorTemplate] = []
        for directory in directories(surroundings) {
            for path in surroundings.fileNames(in: directory) where path.hasSuffix(".json") {
                templates += try read(directory + "/" + path)
            }
        }
        return templates
    }

    private static func directories(_ surroundings: Surroundings) -> [String] {
        let own = surroundings.configurationDirectory("muster") + "/templates"
        return [surroundings.assetsDirectory.map { $0 + "/templates" }, own].compactMap { $0 }
    }

    private static func read(_ path: String) throws -> [VendorTemplate] {
        do {
            return try VendorTemplate.list(from: try Files.read(path, limit: 1 << 20))
        } catch {
            let reason = CommandFailure(error).explanation
            throw CommandFailure(
                .badInput, "template_unusable", "The vendor template \(path) cannot be used: \(reason.what)",
                "Correct the file, or take it out of the directory.")
        }
    }
}
