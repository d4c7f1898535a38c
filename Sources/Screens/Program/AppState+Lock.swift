import Canvas
import Labels
import Model

extension AppState {
    /// Covers the screens when the operator's vault is locked, and uncovers them when it is open.
    mutating func followVault(_ reader: LabelReader) -> [Request] {
        let isLocked = work.session?.vault == .locked
        guard isLocked != isCovered else { return [] }
        if isLocked { return open(.lock(LockScreen()), reader) }
        uncover()
        return tell(.appeared, reader)
    }

    /// Whether the lock is what is seen.
    package var isLocked: Bool { top.isLock }

    /// Whether what is typed now must not be seen on the terminal.
    package var takesSecret: Bool { top.screen.takesSecret }

    /// Whether the lock lies over the screens.
    var isCovered: Bool { stack.contains { $0.isLock } }

    /// Somebody is there: a key, a scan or a touch. One that comes after a long time, as after a sleep of the machine, finds
    /// the vault locked and does nothing else.
    mutating func noteTouch(at milliseconds: Int64, _ reader: LabelReader) -> [Request]? {
        let locked = lockIfIdle(at: milliseconds, reader)
        lastTouch = milliseconds
        return locked
    }

    /// Locks the vault when nobody was there for long; `nil` when there is nothing to lock.
    mutating func lockIfIdle(at milliseconds: Int64, _ reader: LabelReader) -> [Request]? {
        guard let last = lastTouch else {
            lastTouch = milliseconds
            return nil
        }
        guard milliseconds - last >= VaultRules.idleMilliseconds else { return nil }
        return lock(reader)
    }

    /// When the vault is locked if nobody does anything; `nil` when none is open.
    package var lockDeadline: Int64? {
        guard work.session?.vault == .open else { return nil }
        return lastTouch.map { $0 + VaultRules.idleMilliseconds }
    }

    /// Locks the vault of who works, when it is open.
    mutating func lock(_ reader: LabelReader) -> [Request]? {
        guard work.session?.vault == .open else { return nil }
        work.session?.vault = .locked
        notice = nil
        trouble = nil
        return [.lockVault] + followVault(reader)
    }
}

extension Input {
    /// Whether somebody did something.
    var isTouch: Bool {
        switch self {
        case .text, .key, .paste, .mouse: true
        case .resized, .focus, .hangUp, .terminate, .suspend, .resumed: false
        }
    }
}

extension ScreenState {
    var isLock: Bool {
        if case .lock = self { true } else { false }
    }
}
