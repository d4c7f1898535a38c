internal import CSystem
package import Model

/// The machine's clocks and chance. Only the composition reads them; everything else is given the values.
package enum SystemClock {
    /// Wall-clock time; may jump.
    package static func now() -> Timestamp {
        Timestamp(milliseconds: csystem_wall_clock() / 1_000_000)
    }

    /// Nanoseconds since boot, sleep included; never jumps, and means nothing without `bootID`.
    package static func nanosecondsSinceBoot() -> Int64 {
        csystem_boot_clock()
    }

    /// Nanoseconds since boot during which the machine was suspended.
    package static func nanosecondsAsleep() -> Int64 {
        csystem_sleep_clock()
    }

    /// Names this boot of the machine: a UUID in lower case (`random(4)`, `/proc/sys/kernel/random/boot_id`).
    package static func bootID() throws(SystemError) -> String {
        let bytes = try Files.read("/proc/sys/kernel/random/boot_id", limit: 64)
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// Unpredictable bytes, fit for keys (`getrandom(2)`).
    package static func randomBytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let done = csystem_random(buffer.baseAddress, count)
            // Linux answers once its pool is seeded, and keys made without it would be guessable.
            precondition(done == 0, "the kernel gave no random bytes")
            filled = count
        }
    }

    /// An unpredictable number.
    package static func randomNumber() -> UInt64 {
        randomBytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
