package import HandOver

/// How the system's `ssh` is started for one device: which host key it believes, with which key it logs in.
///
/// Nothing is asked of a person, no configuration of the user is read, nothing is forwarded. Source: ssh(1),
/// ssh_config(5).
package struct SecureShell: Sendable {
    package var address: ShellAddress
    /// A file of host keys; the user's own where there is none.
    package var knownHosts: String?
    /// The name under which the key stands in that file, where it is not the host's.
    package var hostKeyName: String?
    /// A file with the private key to log in with; the user's own keys and agent where there is none.
    package var key: String?
    /// What `ssh` sees of the environment.
    package var environment: [String: String]

    package static let program = "/usr/bin/ssh"

    package init(
        _ address: ShellAddress, knownHosts: String? = nil, hostKeyName: String? = nil, key: String? = nil,
        environment: [String: String]
    ) {
        self.address = address
        self.knownHosts = knownHosts
        self.hostKeyName = hostKeyName
        self.key = key
        // Its messages are read, so they are to be the untranslated ones.
        self.environment = environment.filter {
            ["HOME", "PATH", "USER", "LOGNAME", "SSH_AUTH_SOCK"].contains($0.key)
        }
        .merging(["LC_ALL": "C"]) { $1 }
    }

    /// What is to run on the device.
    package enum Remote: Equatable, Sendable {
        case command(String)
        case subsystem(String)
    }

    package func arguments(_ remote: Remote) -> [String] {
        var settings = [
            "BatchMode=yes", "StrictHostKeyChecking=yes", "GlobalKnownHostsFile=/dev/null",
            "UpdateHostKeys=no",
            "VerifyHostKeyDNS=no", "CheckHostIP=no", "PasswordAuthentication=no",
            "KbdInteractiveAuthentication=no",
            "ClearAllForwardings=yes", "ForwardAgent=no", "ForwardX11=no", "PermitLocalCommand=no",
            "ControlMaster=no", "ControlPath=none", "ConnectTimeout=10", "ConnectionAttempts=1",
            "ServerAliveInterval=5", "ServerAliveCountMax=3",
        ]
        if let knownHosts {
            settings.append("UserKnownHostsFile=\"\(knownHosts.replacing("%", with: "%%"))\"")
        }
        if let hostKeyName { settings.append("HostKeyAlias=\(hostKeyName)") }
        // Verbose, as only then it says which host key was proven.
        var words = ["-F", "none", "-T", "-x", "-a", "-v", "-e", "none"] + settings.flatMap { ["-o", $0] }
        if let key { words += ["-o", "IdentitiesOnly=yes", "-i", key.replacing("%", with: "%%")] }
        if let port = address.place.port { words += ["-p", "\(port)"] }
        words += ["-l", address.user]
        switch remote {
        case .command(let command): return words + ["--", address.place.host.text, command]
        case .subsystem(let name): return words + ["-s", "--", address.place.host.text, name]
        }
    }
}
