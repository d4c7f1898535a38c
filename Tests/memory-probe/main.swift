import App
import CMemoryScan
import Glibc

// Runs a command of `muster` in this process, then looks through its memory for a word. The word is in the environment,
// in hex with every bit inverted: `MEMORY_PROBE_WORD`. With `MEMORY_PROBE_KEEP` the word is written into ordinary memory
// first, which the search has to find.
func inverted() -> [UInt8] {
    guard let text = getenv("MEMORY_PROBE_WORD") else { return [] }
    let digits = Array(String(cString: text))
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
        UInt8(String(digits[$0...$0 + 1]), radix: 16)
    }
}

let word = inverted()
guard !word.isEmpty else { exit(64) }
let kept: UnsafeMutablePointer<UInt8>? = getenv("MEMORY_PROBE_KEEP").map { _ in
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: word.count)
    for (place, byte) in word.enumerated() { copy[place] = ~byte }
    return copy
}
let code = Programs.muster()
print("memory-probe: \(cmemoryscan_count(word, word.count)) found, exit \(code)")
kept?.deallocate()
