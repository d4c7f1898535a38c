// The constants of C's anonymous enumerations arrive as `Int`; the calls take and give `Int32`.
extension Int {
    var bits: Int32 { Int32(truncatingIfNeeded: self) }
}
