import CommandTable
import HandOver
import Model
import Screens

extension Companion {
    /// The same store and vaults, with another command line: what a screen asks for is what a command does. Its words go to
    /// nobody, as the screen is told of each step by itself.
    func ordered(_ invocation: Invocation) -> Companion {
        let console = Console(
            program: self.context.console.program, json: false, output: { _ in }, errors: { _ in })
        var context = CommandContext(
            invocation: invocation, surroundings: surroundings, console: console)
        context.mayAsk = false
        return Companion(
            context: context, store: store, directory: directory, vaults: vaults, background: background)
    }
}

extension Invocation {
    fileprivate init(_ command: String, _ argument: String, _ values: KeyValuePairs<String, String?>) {
        self.init()
        path = [command]
        arguments = [argument]
        for (option, value) in values { set(option, value) }
    }

    fileprivate mutating func set(_ option: String, _ value: String?) {
        values[option] = value.map { [$0] }
    }
}

extension HandOverWay {
    /// The link and by what the device on it is known, as the command line would say it.
    fileprivate var options: KeyValuePairs<String, String?> {
        let isShell: Bool = if case .shell = address { true } else { false }
        let isPin = knownBy?.hasPrefix("sha256:") ?? false
        return [
            "to": link, "host-key": isShell ? knownBy : nil, "device-pin": !isShell && isPin ? knownBy : nil,
            "device-root": !isShell && !isPin ? knownBy : nil, "console": consoleIsProfile ? console : nil,
            "device-command": consoleIsProfile ? nil : console,
        ]
    }
}

extension HandOverWish {
    /// As the command line would say it.
    var invocation: Invocation {
        var invocation = Invocation("hand-over", lane.rawValue, way.options)
        invocation.set("endpoint", way.service)
        if acceptsNewKey { invocation.flags.insert("new-key") }
        if makesKey { invocation.flags.insert("make-key") }
        return invocation
    }
}

extension VerifyWish {
    /// As the command line would say it.
    var invocation: Invocation {
        switch witness {
        case .muster:
            var invocation = Invocation(
                "verify", lane.rawValue, ["endpoint": endpoint, "key": key, "root": root])
            if mayInterrupt { invocation.flags.insert("may-interrupt") }
            return invocation
        case .target: return Invocation("verify", lane.rawValue, ["by": "target"])
        case .device(let way):
            var invocation = Invocation("verify", lane.rawValue, way.options)
            invocation.set("by", "device")
            return invocation
        }
    }
}
