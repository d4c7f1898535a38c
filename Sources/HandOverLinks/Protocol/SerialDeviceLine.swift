package import HandOver
internal import Model
package import Processes

/// A device on a serial line.
package struct SerialDeviceLine: DeviceLine {
    package let name: String
    private let line: SerialLine

    package init(_ line: SerialLine, name: String) {
        self.line = line
        self.name = name
    }

    package var evidence: LinkEvidence { LinkEvidence(.serial) }

    package func write(_ bytes: [UInt8], by deadline: Deadline) throws(SystemError) {
        try line.write(bytes, by: deadline)
    }

    package func read(upTo count: Int, by deadline: Deadline) throws(SystemError) -> [UInt8] {
        try line.read(upTo: count, by: deadline)
    }

    package func meaning(of error: SystemError) -> HandOverError {
        switch error {
        case .disconnected: .linkLost(link: name)
        case .timedOut: .noAnswer(link: name)
        case .missing, .notPermitted, .diskFull, .tooLarge, .failed:
            .linkUnusable(link: name, reason: "cannot be used: \(error.explanation.what)")
        }
    }
}
