internal import CNcurses

/// Ends a wait of the terminal from any thread. A wake while nobody waits ends the next wait.
package final class Waker: Sendable {
    let number: Int32

    init?() {
        number = cncurses_new_waker()
        if number < 0 { return nil }
    }

    deinit { if number >= 0 { cncurses_delete_waker(number) } }

    package func wake() {
        cncurses_wake(number)
    }
}
