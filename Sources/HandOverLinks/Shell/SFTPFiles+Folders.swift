internal import HandOver
internal import Processes

extension SFTPFiles {
    /// Names that a directory may have; more is not one of devices' folders.
    private static let nameLimit = 10_000

    static func folders(
        _ conversation: SFTPConversation, _ directory: String
    ) throws(SystemError) -> [String] {
        let handle = try conversation.handle(.openDirectory, directory) { $0.put(directory.utf8) }
        var names: [String] = []
        while true {
            var answer = try conversation.ask(.readDirectory, directory) { $0.put(handle) }
            if answer.kind == .status { break }
            guard answer.kind == .name, let count = answer.body.number(), count > 0 else {
                throw SFTPConversation.misspoken
            }
            for _ in 0..<count {
                guard let name = answer.body.bytes(), answer.body.bytes() != nil, answer.body.attributes()
                else {
                    throw SFTPConversation.misspoken
                }
                names.append(String(decoding: name, as: UTF8.self))
            }
            guard names.count <= nameLimit else { throw .tooLarge(path: directory, limit: nameLimit) }
        }
        try conversation.close(handle, directory)
        var folders: [String] = []
        for name in names.sorted() where !name.hasPrefix(".") && !name.contains("/") && !name.contains("\0") {
            let folder = directory + "/" + name
            if try exists(conversation, folder + "/" + DirectoryLayout.announcementName) {
                folders.append(folder)
            }
        }
        return folders
    }

    private static func exists(_ conversation: SFTPConversation, _ path: String) throws(SystemError) -> Bool {
        do throws(SystemError) {
            return try conversation.ask(.stat, path) { $0.put(path.utf8) }.kind == .attributes
        } catch {
            switch error {
            // A file among the folders, or a folder of somebody else.
            case .missing, .notPermitted, .failed: return false
            case .diskFull, .tooLarge, .disconnected, .timedOut: throw error
            }
        }
    }
}
