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
        for (option, value) in values { self.values[option] = value.map { [$0] } }
    }
}

extension HandOverWish {
    /// As the command line would say it.
    var invocation: Invocation {
        let isShell: Bool = if case .shell = way.address { true } else { false }
        let isPin = way.knownBy?.hasPrefix("sha256:") ?? false
        var invocation = Invocation(
            "hand-over", lane.rawValue,
            [
                "to": way.link, "endpoint": way.service, "host-key": isShell ? way.knownBy : nil,
                "device-pin": !isShell && isPin ? way.knownBy : nil,
                "device-root": !isShell && !isPin ? way.knownBy : nil,
                "console": way.consoleIsProfile ? way.console : nil,
                "device-command": way.consoleIsProfile ? nil : way.console,
            ])
        if acceptsNewKey { invocation.flags.insert("new-key") }
        if makesKey { invocation.flags.insert("make-key") }
        return invocation
    }
}

extension VerifyWish {
    /// As the command line would say it.
    var invocation: Invocation {
        Invocation("verify", lane.rawValue, ["endpoint": endpoint, "key": key, "root": root])
    }
}
