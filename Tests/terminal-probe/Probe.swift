import Canvas
import Glibc
import Model
import Terminal

/// Shows every input as a line of text; Return does what the first argument says.
enum Probe {
    static func main() {
        Terminal.prepareProcess()
        let arguments = CommandLine.arguments.dropFirst()
        let scene = Scene(rawValue: arguments.first ?? "") ?? .quit
        if scene == .obstacle {
            return print(Terminal.obstacle(type: options.type)?.explanation.id ?? "no obstacle")
        }
        do throws(TerminalError) {
            let terminal = try Terminal(options)
            scene == .quit ? () : terminal.setTitle("probe ‹\(scene.rawValue)›\u{1B}]0;x\u{7}")
            switch scene {
            case .hostile:
                Hostile.show(on: terminal, count: arguments.dropFirst().first.flatMap { Int($0) } ?? 1)
            case .samples: Samples.show(on: terminal)
            case .pictures: Samples.showPictures(on: terminal)
            default: InputLog(terminal, scene).run()
            }
            terminal.close()
            print("closed")
        } catch {
            print(error.explanation.id, error.explanation.what)
            exit(64)
        }
    }

    static var options: TerminalOptions {
        let type = getenv("TERM").map { String(cString: $0) } ?? ""
        return TerminalOptions(type: type, wantsASCII: getenv("PROBE_ASCII") != nil) {
            var now = timespec()
            clock_gettime(CLOCK_MONOTONIC, &now)
            return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
        }
    }
}

enum Scene: String {
    case quit, suspend, trap, abort, exit, threadTrap = "thread-trap", overflow, diagnostics, raise, wake
    case obstacle, bell, wrongThread = "wrong-thread", forget
    case hostile, samples, pictures
}
