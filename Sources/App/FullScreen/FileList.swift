import Model
import Processes
import Screens

/// Folders and files to choose from.
struct FileList {
    private let surroundings: Surroundings

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// `nil`: the sample labels where there are some, else the home directory; `~` that alone. Hidden files are left out.
    func rows(in directory: String?) throws -> Answer {
        let samples = surroundings.assetsDirectory.map { $0 + "/labels" }
        let home = surroundings.variables["HOME"] ?? "/"
        let directory = directory == "~" ? home : directory ?? samples ?? home
        guard let status = try Files.status(directory), status.isDirectory else {
            throw SystemError.missing(path: directory)
        }
        let names = surroundings.fileNames(in: directory).filter { !$0.hasPrefix(".") }
        let rows = names.map { name in
            let status = (try? Files.status(directory + "/" + name)) ?? nil
            return FileRow(name: name, isDirectory: status?.isDirectory ?? false)
        }
        return .filesListed(
            directory: directory, rows.filter(\.isDirectory) + rows.filter { !$0.isDirectory })
    }
}
