internal import CTPM

/// An object of a TPM in bytes: a mark of what it is, then both halves, each after its count in two bytes, most
/// significant first.
struct TPMObjectBlob {
    let magic: [UInt8]

    init(_ magic: StaticString) {
        self.magic = Array(magic.description.utf8)
    }

    func bytes(of object: inout ctpm_object) -> [UInt8] {
        magic + Self.part(&object.public_part, object.public_count)
            + Self.part(&object.private_part, object.private_count)
    }

    /// `nil` for bytes that are changed or not whole.
    func object(_ blob: [UInt8]) -> ctpm_object? {
        guard blob.starts(with: magic) else { return nil }
        var object = ctpm_object()
        var rest = blob.dropFirst(magic.count)
        guard let publicCount = Self.take(&rest, into: &object.public_part),
            let privateCount = Self.take(&rest, into: &object.private_part), rest.isEmpty
        else { return nil }
        object.public_count = publicCount
        object.private_count = privateCount
        return object
    }

    private static func part<Room>(_ room: inout Room, _ count: Int) -> [UInt8] {
        [UInt8(count >> 8), UInt8(count & 0xFF)] + withUnsafeBytes(of: &room) { Array($0.prefix(count)) }
    }

    private static func take<Room>(_ rest: inout ArraySlice<UInt8>, into room: inout Room) -> Int? {
        guard let high = rest.popFirst(), let low = rest.popFirst() else { return nil }
        let count = Int(high) << 8 | Int(low)
        guard count <= MemoryLayout<Room>.size, rest.count >= count else { return nil }
        withUnsafeMutableBytes(of: &room) { $0.copyBytes(from: rest.prefix(count)) }
        rest = rest.dropFirst(count)
        return count
    }
}
