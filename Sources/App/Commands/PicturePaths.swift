import CommandTable
import Model
import Processes

/// The pictures that a command line names: files, folders with all pictures in them, patterns that no shell has expanded, and
/// `-` for standard input.
struct PicturePaths {
    let surroundings: Surroundings

    /// What a picture's name ends with, in folders; a file that is named itself may have any name.
    private static let endings: Set<String> = [
        "png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp", "gif", "pgm", "ppm", "pnm",
    ]
    /// Folders within folders that are looked into: links that lead round in circles end here.
    private static let deepest = 16

    /// In the order of the arguments, and by name within a folder.
    ///
    /// A folder without pictures, and a pattern that nothing matches, stay as they are: reading them says what is wrong.
    func expand(_ arguments: [String]) throws -> [String] {
        try arguments.flatMap { argument -> [String] in
            if argument == "-" { return [argument] }
            if let status = try? Files.status(argument) {
                return status.isDirectory ? pictures(in: argument, depth: 0) : [argument]
            }
            guard argument.contains(where: { "*?[".contains($0) }) else { return [argument] }
            let matches = try Files.matching(argument)
            return matches.isEmpty ? [argument] : try expand(matches)
        }
    }

    /// Whether the arguments can name several pictures.
    func mayBeSeveral(_ arguments: [String], _ paths: [String]) -> Bool {
        paths.count > 1 || arguments.contains { (try? Files.status($0))?.isDirectory == true }
    }

    private func pictures(in folder: String, depth: Int) -> [String] {
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        return surroundings.fileNames(in: folder).filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
            let path = prefix + name
            if (try? Files.status(path))?.isDirectory == true {
                return depth < Self.deepest ? pictures(in: path, depth: depth + 1) : []
            }
            let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
            return Self.endings.contains(ending) ? [path] : []
        }
    }
}
