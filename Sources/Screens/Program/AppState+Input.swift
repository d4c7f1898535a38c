import Canvas
package import Labels
import Wedge

extension AppState {
    /// Keys and touches become what is meant by them on the screen that is seen.
    mutating func take(_ timed: TimedInput, _ reader: LabelReader) -> [Request] {
        let time = timed.milliseconds
        if timed.input.isTouch, let locked = noteTouch(at: time, reader) { return locked }
        switch timed.input {
        case .text(let scalar): return perform(keyboard.text(scalar, at: time), at: time, reader)
        case .key(let key): return perform(keyboard.key(key, at: time), at: time, reader)
        case .paste(let bytes) where takesSecret && trouble == nil:
            fill(String(decoding: bytes, as: UTF8.self).unicodeScalars)
            return []
        case .paste(let bytes): return perform(keyboard.paste(bytes, at: time), at: time, reader)
        case .mouse(let event): return take(event, at: time, reader)
        case .resized(let size):
            self.size = size
            return []
        case .focus, .resumed: return []
        case .suspend: return (lock(reader) ?? []) + [.suspend]
        case .hangUp, .terminate:
            isLeaving = true
            return [.leave]
        }
    }

    mutating func perform(
        _ intentions: [Keyboard.Intention], at time: Int64? = nil, _ reader: LabelReader
    ) -> [Request] {
        intentions.flatMap { perform($0, at: time, reader) }
    }

    private mutating func perform(
        _ intention: Keyboard.Intention, at time: Int64?, _ reader: LabelReader
    ) -> [Request] {
        switch intention {
        case .draft(let scalar):
            if let field = top.screen.field { drafts.append(field) }
            enter(scalar)
            return []
        case .takeBack(let count):
            takeBack(count)
            return []
        case .typed(let scalars):
            if drafts.isEmpty { scalars.forEach { enter($0) } }
            drafts = []
            return scalars.flatMap { press($0, at: time, reader) }
        case .key(let key):
            notice = nil
            return press(key, reader)
        case .scanned(let raw, let reading) where takesRaw(reading):
            (notice, trouble) = (nil, nil)
            return tell(.rawScan(raw), reader)
        case .scanned(_, .success(let scan)):
            notice = nil
            let payload = Payload(bytes: scan.payload, aimIdentifier: scan.aim)
            return scanned(Scanned(payload, origin: scan.origin == .paste ? .paste : .wedge), reader)
        case .scanned(_, .failure(let failure)):
            trouble = language.explain(failure.explanation)
            return [.ring]
        }
    }

    /// Whether the screen that is seen wants the characters of this scan; what was pasted is no scanner's.
    private func takesRaw(_ reading: Result<WedgeScan, WedgeFailure>) -> Bool {
        guard top.screen.takesRawScans else { return false }
        if case .success(let scan) = reading { return scan.origin == .scanner }
        return true
    }

    private mutating func enter(_ scalar: Unicode.Scalar) {
        edit { scalar.value == 0x7F || scalar.value == 0x08 ? $0.erase() : $0.add(scalar) }
    }

    /// Gives a field the text that it had before its last so many drafts.
    private mutating func takeBack(_ count: Int) {
        let kept = max(0, drafts.count - count)
        if drafts.indices.contains(kept) {
            let before = drafts[kept]
            edit { $0 = before }
        }
        drafts.removeSubrange(kept...)
    }

    /// Changes the text that is being typed, where the screen has a field and nothing lies over it.
    mutating func edit(_ change: (inout TextField) -> Void) {
        guard trouble == nil else { return }
        let protected = protected
        top.update { screen in
            guard var field = screen.field else { return }
            if screen.takesSecret { field.hide(in: protected) }
            change(&field)
            screen.field = field
        }
    }

    /// A secret may be pasted, as out of a safe. What stood in the field goes.
    private mutating func fill(_ scalars: String.UnicodeScalarView) {
        drafts = []
        edit { field in
            field.clear()
            for scalar in scalars { field.add(scalar) }
        }
    }

    /// A scan means the work, never an answer to a message: what lay over the screen is closed by it.
    private mutating func scanned(_ scanned: Scanned, _ reader: LabelReader) -> [Request] {
        trouble = nil
        return tell(.scanned(scanned), reader)
    }

    /// A character that a person typed, where it is not text.
    private mutating func press(
        _ scalar: Unicode.Scalar, at time: Int64?, _ reader: LabelReader
    ) -> [Request] {
        notice = nil
        switch scalar.value {
        case 0x0D, 0x0A:
            if let time, keyboard.isQuiet(at: time) { return [] }
            return confirm(reader)
        case 0x1B: return act(.back, reader)
        case 0x03: return act(.quit, reader)
        case 0x0C: return [.loadWork]
        case 0x15:
            edit { $0.clear() }
            return []
        default: break
        }
        if trouble != nil { return command(scalar, at: time, reader) }
        guard top.screen.field == nil else { return [] }
        return command(scalar, at: time, reader)
    }

    private mutating func command(
        _ scalar: Unicode.Scalar, at time: Int64?, _ reader: LabelReader
    ) -> [Request] {
        switch scalar {
        case "0", "?": return act(.help, reader)
        case "1"..."9": return actNumbered(Int(scalar.value) - 0x30, reader)
        case " ":
            if let time, keyboard.isQuiet(at: time) { return [] }
            return confirm(reader)
        default: return []
        }
    }

    private mutating func press(_ key: Key, _ reader: LabelReader) -> [Request] {
        switch key.name {
        case .function(10): return act(.help, reader)
        case .function(let number): return actNumbered(number, reader)
        case .up, .backTab: return move(.up, reader)
        case .down: return move(.down, reader)
        case .pageUp: return move(.pageUp, reader)
        case .pageDown: return move(.pageDown, reader)
        case .home: return move(.first, reader)
        case .end: return move(.last, reader)
        case .left: return act(.back, reader)
        case .right: return confirm(reader)
        case .insert, .delete: return []
        }
    }

    /// Goes through the list, or through the text where there is no list to choose from.
    private mutating func move(_ move: Move, _ reader: LabelReader) -> [Request] {
        let view = top.screen.view(context(reader))
        if trouble == nil, view.hasChoice { return tell(.move(move), reader) }
        let page = max(1, size.rows - 4)
        switch move {
        case .up: scrolled -= 1
        case .down: scrolled += 1
        case .pageUp: scrolled -= page
        case .pageDown: scrolled += page
        case .first: scrolled = 0
        case .last: scrolled = Renderer(self, reader).hiddenRows
        }
        scrolled = max(0, min(scrolled, Renderer(self, reader).hiddenRows))
        return []
    }

    private mutating func confirm(_ reader: LabelReader) -> [Request] {
        if trouble != nil { return act(.dismiss, reader) }
        return tell(.entered, reader)
    }

    /// Does what the number row or a function key stands for on the screen that is seen.
    private mutating func actNumbered(_ number: Int, _ reader: LabelReader) -> [Request] {
        let offers = offers(reader)
        guard offers.indices.contains(number - 1) else { return [] }
        return act(offers[number - 1].action, reader)
    }

    /// What can be done now, messages over the screen included.
    package func offers(_ reader: LabelReader) -> [Offer] {
        if trouble != nil { return [Offer(.dismiss)] }
        return top.screen.offers(context(reader))
    }

    /// Does an action, or says why it cannot be done now.
    package mutating func act(_ action: Action, _ reader: LabelReader) -> [Request] {
        if trouble != nil, action == .dismiss || action == .back {
            trouble = nil
            return []
        }
        let offer = offers(reader).first { $0.action == action }
        if let reason = offer?.disabledReason {
            notice = Notice(.information, language.say(reason))
            return []
        }
        switch action {
        case .quit:
            isLeaving = true
            return [.leave]
        case .help: return open(.help(HelpScreen(of: offers(reader).map(\.action))), reader)
        case .back where offer == nil: return leave(reader)
        default: return tell(.act(action), reader)
        }
    }

    /// Esc where a screen does not offer to go back: ends what it is at, or closes it.
    private mutating func leave(_ reader: LabelReader) -> [Request] {
        if offers(reader).contains(where: { $0.action == .stop }) { return tell(.act(.stop), reader) }
        return stack.count == 1 || top.isLock ? [] : close(nil, reader)
    }

    /// A tap acts when the finger is lifted where it came down; held long, it asks what is there.
    private mutating func take(_ event: MouseEvent, at time: Int64, _ reader: LabelReader) -> [Request] {
        switch event.kind {
        case .wheelUp: return move(.up, reader)
        case .wheelDown: return move(.down, reader)
        case .press:
            notice = nil
            pressed = target(at: event.point, reader).map { Pressed(target: $0, since: time) }
            return []
        case .release:
            guard let pressed, pressed.target == target(at: event.point, reader) else { return [] }
            self.pressed = nil
            let isLong = time - pressed.since >= Pressed.longMilliseconds
            return isLong ? explain(pressed.target, reader) : touch(pressed.target, reader)
        case .drag: return []
        }
    }

    private mutating func touch(_ target: Target, _ reader: LabelReader) -> [Request] {
        switch target {
        case .action(let action): act(action, reader)
        case .item(let index): tell(.touched(index), reader)
        }
    }

    /// What a button does, in words; of an entry, everything about it where the screen offers that.
    private mutating func explain(_ target: Target, _ reader: LabelReader) -> [Request] {
        switch target {
        case .action(let action):
            notice = Notice(.information, language.say(action.help))
            return []
        case .item(let index):
            let requests = tell(.touched(index), reader)
            guard offers(reader).contains(Offer(.open)) else { return requests }
            return requests + act(.open, reader)
        }
    }

    private func target(at point: CellPoint, _ reader: LabelReader) -> Target? {
        Renderer(self, reader).render().targets.last { $0.area.contains(point) }?.target
    }
}
