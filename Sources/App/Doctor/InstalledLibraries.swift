import Labels
import Model
import Processes

/// What the machine has installed that Muster's safety or knowledge rests on.
enum InstalledLibraries {
    /// The first Debian version of zbar without CVE-2023-40889 and -40890, by which a printed code could run code. Source: Debian
    /// security tracker.
    private static let safeZBar = "0.23.92-7+deb12u1"

    /// Is zbar one that hostile codes can take over? The decoder is shut in either way.
    static func zbar() -> DoctorCheck? {
        let query = ["--show", "--showformat=${Version}", "libzbar0"]
        guard let version = output(of: "/usr/bin/dpkg-query", query) else { return nil }
        let isSafe = output(of: "/usr/bin/dpkg", ["--compare-versions", version, "ge", safeZBar]) != nil
        return DoctorCheck(
            check: "zbar", verdict: isSafe ? .good : .warning,
            says: "version \(version)" + (isSafe ? "" : " has known holes (CVE-2023-40889, CVE-2023-40890)"),
            nextStep: isSafe ? nil : "Update `libzbar0` with apt-get; the decoder is shut in meanwhile.")
    }

    /// Whether the makers of hardware addresses are known here.
    static func addressMakers() -> DoctorCheck {
        let isThere = AddressMakers.system.blocks() != nil
        return DoctorCheck(
            check: "address makers", verdict: isThere ? .good : .warning,
            says: isThere ? "the listing of the IEEE is installed" : "no listing of the IEEE is installed",
            nextStep: isThere
                ? nil : "Install `ieee-data`; until then a bare address is not told from a serial by itself.")
    }

    /// What a program prints; `nil` when it is not there or does not end well.
    private static func output(of program: String, _ arguments: [String]) -> String? {
        guard let run = try? Child.run(program, arguments: arguments, timeout: .seconds(5)),
            run.status == .exited(0)
        else { return nil }
        return run.outputText
    }
}
