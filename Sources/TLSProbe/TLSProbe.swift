package import Credentials
package import Model
package import Processes

/// A handshake with a peer and nothing else: who answers there, by whose word, and whether it takes this side's certificate.
package struct TLSProbe: Sendable {
    package var host: String
    package var port: UInt16
    /// The certificates that the peer's chain has to lead to.
    package var roots: [Certificate]
    package var identity: TLSIdentity?

    package init(host: String, port: UInt16, roots: [Certificate], identity: TLSIdentity? = nil) {
        self.host = host
        self.port = port
        self.roots = roots
        self.identity = identity
    }

    /// What was found, and how long it took from the first packet.
    package struct Finding: Equatable, Sendable {
        package var evidence: TLSEvidence
        package var duration: Duration
    }

    /// A peer that gets a certificate over TLS 1.3 refuses it after the handshake, or goes on. So long is waited for either
    /// when the deadline leaves more.
    package static let verdictTime = Duration.seconds(2)

    /// Bytes of a handshake that a peer may send: chains of ten certificates fit.
    package static let limitBytes = 256 << 10

    /// Blocks the calling thread until the deadline at the longest. `now` is the time at which certificates have to be valid.
    ///
    /// - Throws: `TLSProbeError`; nothing was sent beyond the handshake.
    package func run(at now: Timestamp, by deadline: Deadline) throws(TLSProbeError) -> Finding {
        let context: TLSContext
        let handshake: TLSHandshake
        do throws(CredentialsError) {
            context = try TLSContext(
                peer: TLSPeer(name: host, roots: roots), identity: identity, now: now)
            handshake = try TLSHandshake(context)
        } catch {
            throw .notStarted(error)
        }
        let connection = try reach(by: deadline)
        let began = ContinuousClock.now
        do throws(TLSFault) {
            try Self.shake(hands: handshake, over: connection, by: deadline)
        } catch {
            throw .refused(error, presented: context.presentedChain)
        }
        let finding = Finding(evidence: handshake.evidence, duration: ContinuousClock.now - began)
        handshake.close()
        // The proof is made; whether the goodbye arrives does not matter to it.
        try? connection.write(handshake.takeOutgoing(), by: deadline)
        return finding
    }

    private func reach(by deadline: Deadline) throws(TLSProbeError) -> Connection {
        do {
            return try Connection(try Descriptor.reach(host, port: port, by: deadline))
        } catch let error as ReachError {
            switch error {
            case .notResolved(let reason): throw .notResolved(host: host, reason: reason)
            case .notConnected(let reason): throw .notConnected(reason: reason)
            }
        } catch {
            throw .notConnected(reason: "the connection cannot be used")
        }
    }

    private static func shake(
        hands handshake: TLSHandshake, over connection: Connection, by deadline: Deadline
    ) throws(TLSFault) {
        var standing = handshake.take([])
        var received = 0
        var verdictDeadline: Deadline?
        while true {
            let sent = handshake.takeOutgoing()
            // An alert goes out too: the peer learns why.
            do throws(SystemError) { try connection.write(sent, by: deadline) } catch {
                if standing == .waiting { throw handshake.faultOfHangUp }
            }
            switch standing {
            case .failed(let fault): throw fault
            case .finished where !handshake.isWaitingForVerdict: return
            case .finished:
                let limit = verdictDeadline ?? Deadline(after: verdictTime).earlier(deadline)
                verdictDeadline = limit
                guard let bytes = try next(connection, handshake, by: limit, isOver: true) else { return }
                standing = handshake.take(bytes)
                received += bytes.count
            case .waiting:
                let bytes = try next(connection, handshake, by: deadline, isOver: false) ?? []
                standing = handshake.take(bytes)
                received += bytes.count
            }
            guard received <= limitBytes else { throw .failed(reason: "the peer sends without end") }
        }
    }

    /// What comes next; `nil` when nothing came in time after the handshake is over.
    private static func next(
        _ connection: Connection, _ handshake: TLSHandshake, by deadline: Deadline, isOver: Bool
    ) throws(TLSFault) -> [UInt8]? {
        do throws(SystemError) {
            let bytes = try connection.readSome(upTo: 16 << 10, by: deadline)
            guard !bytes.isEmpty else { throw SystemError.disconnected }
            return bytes
        } catch {
            if case .timedOut = error {
                if isOver { return nil }
                throw .silent
            }
            throw handshake.faultOfHangUp
        }
    }
}
