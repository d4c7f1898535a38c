import Camera
import Processes

/// What an operator names as a camera, as a source of pictures.
enum CameraChoice {
    /// - Parameters:
    ///   - name: a device (`/dev/video0`, or `0` for short), a `.y4m` file, another video file, the
    ///       address of a network camera, or a folder of pictures.
    ///   - surroundings: where `ffmpeg` and the folder's names come from.
    /// - Returns: a source that is not yet started.
    /// - Throws: `CameraError.missing` when there is no such file, `noFFmpeg` when it would be needed.
    static func source(named name: String, _ surroundings: Surroundings) throws -> any FrameSource {
        if name.contains("://") { return try video(name, surroundings) }
        if let number = Int(name), (0...255).contains(number) {
            return DeviceSource(path: "/dev/video\(number)")
        }
        if name.hasPrefix("/dev/") { return DeviceSource(path: name) }
        guard let found = try Files.status(name) else { throw CameraError.missing(path: name) }
        if found.isDirectory {
            return PictureFolderSource(directory: name, names: surroundings.fileNames(in: name))
        }
        return name.lowercased().hasSuffix(".y4m")
            ? VideoFileSource(path: name) : try video(name, surroundings)
    }

    private static func video(_ name: String, _ surroundings: Surroundings) throws -> any FrameSource {
        let directories = (surroundings.variables["PATH"] ?? "").split(separator: ":")
        for directory in directories {
            let program = "\(directory)/ffmpeg"
            if let found = try? Files.status(program), !found.isDirectory, found.mode & 0o111 != 0 {
                return FFmpegSource(program: program, input: name)
            }
        }
        throw CameraError.noFFmpeg(path: FFmpegSource.withoutPassword(name))
    }
}
