import HandOver
import Processes

extension FoundLinks {
    /// The links of this machine. Sources: proc(5); udev(7) for `/dev/serial/by-id`.
    init(_ surroundings: Surroundings) {
        let mounts = (try? Files.read("/proc/self/mounts", limit: 1 << 20)) ?? []
        self.init(
            mounts: String(decoding: mounts, as: UTF8.self), devices: surroundings.fileNames(in: "/dev"),
            named: surroundings.fileNames(in: "/dev/serial/by-id"))
    }
}
