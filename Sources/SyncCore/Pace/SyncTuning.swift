/// Every limit and delay of the sync, with its unit and its reason. Milliseconds unless the name says otherwise.
package struct SyncTuning: Equatable, Sendable {
    // MARK: Batches

    /// Operations in one request: enough that 500 devices take 10 round trips, few enough that a cut costs little.
    package var operationsPerBatch = 50
    /// Bytes of one request body: what a slow radio link moves within one request deadline.
    package var bytesPerBatch = 256 * 1024
    /// How many operations a batch may grow by after each one that was answered (additive increase; the decrease is
    /// a halving).
    package var batchGrowth = 5
    /// Requests that travel at once. More gains nothing on a link whose limit is bandwidth.
    package var requestsAtOnce = 4

    // MARK: Trying again

    /// Upper bound of the first random delay; doubles with each failure.
    package var backoffBase: Int64 = 2_000
    /// Upper bound of every random delay: a link that is back is used within five minutes.
    package var backoffCap: Int64 = 300_000
    /// The longest Retry-After that is obeyed in full: a hostile or broken one must not park a tablet for a day.
    package var retryAfterCap: Int64 = 3_600_000
    /// Random extra on top of Retry-After, so that tablets told the same second do not all come in it.
    package var retryAfterSpread: Int64 = 1_000
    /// Tries after which an operation is flagged as needing attention.
    package var triesBeforeAttention = 20
    /// Time after the first failure in this run after which an operation is flagged as needing attention: a day.
    package var timeBeforeAttention: Int64 = 86_400_000
    /// Between tries of a flagged operation: at most an hour, at least half of it.
    package var attentionPace: Int64 = 3_600_000
    /// Between tries of a device that no delivery list names yet, plus or minus a third: lists change a few times a
    /// day, and each delta of the catalogue has the device tried again anyway.
    package var slowPace: Int64 = 900_000
    /// Tries after which an answer that this version does not know is put before a person.
    package var triesOfUnknownAnswer = 5

    // MARK: Retry budget

    /// Requests that send something again, for each request that sends only new work: at most one in ten.
    package var retryShare = 0.1
    /// Repeats that may be made before any new work has paid for them; covers one bad moment.
    package var retryBurst = 10.0
    /// Time in which one repeat is earned without any traffic, so that a lone tablet never starves.
    package var retryTrickle: Int64 = 20_000

    // MARK: The link

    /// After this time without an answer the registrar is greeted again before anything is sent: the network may have
    /// become another one.
    package var greetingFreshness: Int64 = 300_000
    /// Between single probes of a registrar that refused the sign-in, the right or the version: the desk can restore
    /// each without this tablet hearing of it.
    package var stoppedPace: Int64 = 3_600_000
    /// Between pulls of a change feed while nothing else is to do.
    package var pullPace: Int64 = 900_000
    /// Pages of one feed that are read without a pause; more is a loop of the registrar's making.
    package var pagesWithoutPause = 1_000

    package init() {}
}
