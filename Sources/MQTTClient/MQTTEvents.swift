internal import CMosquitto

/// What the connection's thread calls, handed on to its session. Everything is copied before a call returns.
enum MQTTEvents {
    static var all: cmosquitto_events {
        cmosquitto_events(
            connected: { @Sendable in session($0)?.connected(Int($1)) },
            subscribed: { @Sendable in session($0)?.answered($1, Int($2)) },
            published: { @Sendable in session($0)?.answered($1, Int($2)) },
            received: { @Sendable context, topic, payload, count in
                guard let topic else { return }
                let bytes = Array(UnsafeBufferPointer(start: payload, count: count))
                session(context)?.received(MQTTMessage(topic: String(cString: topic), payload: bytes))
            },
            closed: { @Sendable context, outcome, reason, words in
                session(context)?.closed(
                    Int(outcome), reason: Int(reason), words: words.map { String(cString: $0) } ?? "")
            },
            released: { @Sendable in
                if let context = $0 { Unmanaged<MQTTSession>.fromOpaque(context).release() }
            })
    }
}

/// A function of its own: a C function captures nothing.
private func session(_ context: UnsafeMutableRawPointer?) -> MQTTSession? {
    context.map { Unmanaged<MQTTSession>.fromOpaque($0).takeUnretainedValue() }
}
