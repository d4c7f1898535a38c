/// Texts that differ by one edit or one transposition: what a tired eye takes for the same.
enum NearMiss {
    static func isNear(_ left: String, _ right: String) -> Bool {
        let (one, two) = (Array(left.uppercased()), Array(right.uppercased()))
        guard abs(one.count - two.count) <= 1 else { return false }
        var start = 0
        while start < min(one.count, two.count), one[start] == two[start] { start += 1 }
        let (restOne, restTwo) = (one[start...], two[start...])
        if restOne.dropFirst() == restTwo.dropFirst() { return true }
        if restOne.dropFirst() == restTwo || restOne == restTwo.dropFirst() { return true }
        return restOne.count >= 2 && restTwo.count >= 2
            && restOne[start] == restTwo[start + 1] && restOne[start + 1] == restTwo[start]
            && restOne.dropFirst(2) == restTwo.dropFirst(2)
    }
}
