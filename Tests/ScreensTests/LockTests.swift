import Canvas
import Model
import Screens
import Testing

/// The lock over the screens: when it comes, what it lets through, and how it goes.
@Suite struct LockTests {
    private func work(_ vault: SessionFact.Vault) -> WorkFacts {
        var work = Stage.work
        work.session?.vault = vault
        return work
    }

    private func stage(_ vault: SessionFact.Vault) -> Stage {
        let stage = Stage(work: work(vault))
        stage.settle()
        _ = stage.take()
        return stage
    }

    @Test func `a locked vault covers the screens until its passphrase is typed`() {
        let stage = stage(.locked)
        #expect(stage.screen.contains("Locked") && !stage.screen.contains("SCAN A DEVICE"))
        stage.type("five words")
        #expect(stage.screen.contains("••••••••••") && !stage.screen.contains("five"))
        stage.enter()
        let asked = stage.take().compactMap { request in
            if case .openVault(let registrar, let person, let typed) = request {
                [registrar.rawValue, person.rawValue, typed.plain]
            } else {
                nil
            }
        }
        let session = Stage.session
        #expect(asked == [[session.registrar.rawValue, session.operatorID.rawValue, "five words"]])
        #expect(!stage.screen.contains("•"), "it is forgotten as soon as it is tried")
        stage.answer(.workLoaded(work(.open)))
        #expect(stage.screen.contains("SCAN A DEVICE"))
    }

    @Test func `while it is locked a scan saves nothing, and no key leads past it`() {
        let stage = stage(.locked)
        stage.scan("SN-1001")
        #expect(stage.screen.contains("the scan was not taken"))
        for key in ["\u{1B}", "\r"] { stage.type(key) }
        #expect(
            !stage.take().contains { request in
                switch request {
                case .save, .check, .openVault: true
                default: false
                }
            })
        #expect(stage.screen.contains("Locked"))
    }

    @Test func `Backspace takes one character back, and a paste everything`() {
        let stage = stage(.locked)
        stage.type("fünf\u{7F}\u{7F}\u{7F}x")
        #expect(stage.screen.contains("••▏") && !stage.screen.contains("•••"))
        stage.enter()
        #expect(Self.tried(stage) == ["fx"])
        stage.answer(.failed(VaultError.wrongPassphrase(triesLeft: 9).explanation))
        stage.enter()
        stage.type("y")
        stage.input(.paste(Array("fünf Wörter\n".utf8)))
        stage.settle()
        stage.enter()
        #expect(Self.tried(stage) == ["fünf Wörter"])
    }

    @Test func `in lines, what is longer than a command is the passphrase, whatever it begins with`() {
        for line in [".2 Wörter", "#12345", "five words"] {
            let stage = stage(.locked)
            stage.line(line)
            #expect(Self.tried(stage) == [line])
        }
        let stage = stage(.locked)
        stage.line("abc")
        #expect(Self.tried(stage) == ["abc"])
        stage.line(".2")
        #expect(stage.state.isLeaving)
    }

    /// The passphrases that were tried.
    private static func tried(_ stage: Stage) -> [String] {
        stage.take().compactMap { if case .openVault(_, _, let typed) = $0 { typed.plain } else { nil } }
    }

    @Test func `a wrong passphrase is told and the next one is asked for`() {
        let stage = stage(.locked)
        stage.type("wrong")
        stage.enter()
        stage.answer(.failed(VaultError.wrongPassphrase(triesLeft: 9).explanation))
        #expect(stage.screen.contains("tries left: 9"))
        stage.enter()
        stage.type("right")
        stage.enter()
        let asked = stage.take().filter { if case .openVault = $0 { true } else { false } }
        #expect(asked.count == 2)
    }

    @Test func `after two minutes without a touch it locks, and the key that comes then does nothing else`() {
        let stage = stage(.open)
        stage.type("1")
        _ = stage.take()
        stage.settle(VaultRules.idleMilliseconds - 5000)
        #expect(!stage.take().contains(.lockVault))
        stage.settle(6000)
        #expect(stage.take().contains(.lockVault))
        #expect(stage.screen.contains("Locked"))
    }

    @Test func `a touch in time keeps it open`() {
        let stage = stage(.open)
        for _ in 0..<3 {
            stage.settle(VaultRules.idleMilliseconds - 5000)
            stage.type("\u{0C}")
        }
        #expect(!stage.take().contains(.lockVault))
    }

    @Test(arguments: [AppEvent.slept, .input(.init(.suspend, milliseconds: 2000))])
    func `a sleep of the machine and Ctrl-Z lock it`(_ event: AppEvent) {
        let stage = stage(.open)
        stage.give(event)
        #expect(stage.take().contains(.lockVault))
        #expect(stage.screen.contains("Locked"))
    }

    @Test func `who has no vault is never locked out`() {
        let stage = stage(.none)
        stage.settle(10 * VaultRules.idleMilliseconds)
        stage.give(.slept)
        #expect(!stage.take().contains(.lockVault))
    }

    @Test func `a line of the linear mode counts as a touch, and idleness locks it too`() {
        let stage = stage(.open)
        stage.settle(VaultRules.idleMilliseconds - 5000)
        stage.line(".")
        stage.settle(10_000)
        #expect(!stage.take().contains(.lockVault))
        stage.settle(VaultRules.idleMilliseconds)
        #expect(stage.take().contains(.lockVault) && stage.state.isLocked)
    }
}
