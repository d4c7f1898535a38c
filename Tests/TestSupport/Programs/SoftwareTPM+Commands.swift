internal import Foundation
package import Model
internal import Processes

/// Commands that tests send to a TPM past the TPM software stack. Source: TPM 2.0 Library, Part 3.
extension SoftwareTPM {
    /// What stays in a TPM without a resource manager when nobody flushes it.
    package enum Left: UInt32, CaseIterable, Sendable {
        case objects = 0x8000_0000
        case loadedSessions = 0x0200_0000
        case savedSessions = 0x0300_0000
    }

    /// How many of a kind are left in it: TPM2_GetCapability of TPM_CAP_HANDLES.
    package func count(of left: Left) throws -> Int {
        let reply = try send(0x17A, Self.number(1) + Self.number(left.rawValue) + Self.number(64))
        guard reply.count >= 19 else { throw ProgramFailure(description: "no list of handles: \(reply)") }
        return Int(reply[18])
    }

    /// Switches the endorsement hierarchy off until the next restart: TPM2_HierarchyControl by the platform.
    package func switchEndorsementOff() throws {
        _ = try send(0x121, authorising: [0x4000_000C], Self.number(0x4000_000B) + [0])
    }

    /// Derives a storage root key by the template of the identity's own with another start, and keeps it at 0x81000001.
    package func keepAnotherRoot(than identity: Attestation.TPMIdentity) throws {
        let known = Base64.decode(identity.storageRootKey ?? "") ?? []
        let template =
            Array(known.prefix(max(0, known.count - 256))) + [1] + [UInt8](repeating: 0, count: 255)
        let made = try send(
            0x131, authorising: [0x4000_0001], [0, 4, 0, 0, 0, 0] + template + [0, 0] + Self.number(0))
        let handle = made[10..<14].reduce(0) { $0 << 8 | UInt32($1) }
        _ = try send(0x120, authorising: [0x4000_0001, handle], Self.number(0x8100_0001), authorised: 1)
        _ = try send(0x165, Self.number(handle))
    }

    /// Sends a command, with empty passwords for its handles, and gives the reply.
    private func send(
        _ code: UInt32, authorising handles: [UInt32] = [], _ parameters: [UInt8], authorised: Int? = nil
    ) throws -> [UInt8] {
        var body = Self.number(code) + handles.flatMap(Self.number)
        if !handles.isEmpty {
            let passwords = (0..<(authorised ?? handles.count)).flatMap { _ in
                Self.number(0x4000_0009) + [0, 0, 0, 0, 0]
            }
            body += Self.number(UInt32(passwords.count)) + passwords
        }
        body += parameters
        let tag: [UInt8] = [0x80, handles.isEmpty ? 0x01 : 0x02]
        let reply = try exchange(tag + Self.number(UInt32(body.count + 6)) + body)
        guard reply.count >= 10, reply[6..<10].allSatisfy({ $0 == 0 }) else {
            throw ProgramFailure(description: "the TPM refuses \(code): \(Hexadecimal.encode(reply))")
        }
        return reply
    }

    private func exchange(_ command: [UInt8]) throws -> [UInt8] {
        let program = """
            import socket, sys
            connection = socket.socket(socket.AF_UNIX)
            connection.connect(sys.argv[1])
            connection.sendall(bytes.fromhex(sys.argv[2]))
            print(connection.recv(4096).hex())
            """
        let run = try Child.run(
            "/usr/bin/python3", arguments: ["-c", program, socket, Hexadecimal.encode(command)],
            timeout: .seconds(30))
        let digits = Array(run.outputText.trimmingCharacters(in: .whitespacesAndNewlines))
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
    }

    private static func number(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
    }
}
