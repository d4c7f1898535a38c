/// Every bound of the registrar, with its unit and its reason.
package enum RegistrarLimits {
    /// Operations in one batch; a tablet's batch takes a second at most on a slow disk.
    package static let operationsPerBatch = 50
    /// Bytes of one request body; 50 operations with certificate requests are a quarter of it.
    package static let bytesPerRequest = 1 << 20
    /// Things added by one administrative request.
    package static let itemsPerRequest = 5000
    /// Lines of a job's list; a day's work is a tenth of it.
    package static let expectedPerJob = 10_000
    /// Bytes of all open jobs of a tenant together: they travel in one answer of the feed, which stays under 4 MiB.
    package static let openJobBytes = 2 << 20
    /// Devices that a search answers with; more is no answer that a person reads.
    package static let devicesPerSearch = 50
    /// Entries of a page of the delta feed and of the audit chain.
    package static let entriesPerPage = 500
    /// Bytes at which a page of the delta feed ends early, so that a reply stays under 1 MiB.
    package static let bytesPerPage = 768 << 10
    /// Unclaimed devices that the delivery list shows at once.
    package static let deliveriesPerList = 1000
    /// How long a device that left a tenant's view is told of: 180 days, longer than a tablet lies in a drawer.
    package static let tombstoneSeconds: Int64 = 180 * 86_400

    /// Wrong claim codes for one device within `wrongCodeSeconds` before no more are looked at.
    package static let wrongCodesPerDevice = 10
    /// The same for one operator over all devices, so that a list of serials cannot be tried through.
    package static let wrongCodesPerOperator = 30
    package static let wrongCodeSeconds: Int64 = 3600

    /// Keys of one operator that have not ended: tablets that she works with, with some to spare.
    package static let keysPerOperator = 32

    /// Bytes of a certificate request in DER; an RSA 4096 request has about 1,700.
    package static let certificateRequestBytes = 16 << 10
    /// Bytes of a free text: note, reason, position, summary.
    package static let noteBytes = 4096
    package static let reasonBytes = 1024
    package static let positionBytes = 256
    package static let summaryBytes = 512
    /// Fields of a label and bytes of one of their values.
    package static let identityFields = 64
    package static let identityFieldBytes = 1024

    /// Life of a device certificate. Two years: a device is visited about once a year.
    package static let deviceCertificateSeconds: Int64 = 730 * 86_400
    /// Life of a revocation list: a week, so that a service survives a registrar that is away over a holiday.
    package static let revocationListSeconds: Int64 = 7 * 86_400
    /// How long an answer about the status of a certificate holds: a day, as services keep answers to ask less.
    package static let certificateStatusSeconds: Int64 = 86_400
    /// Age at which a new list is signed though nothing was revoked.
    package static let revocationListAgeSeconds: Int64 = 86_400

    /// How far a certificate's start lies back, for devices whose clock is behind.
    package static let certificateBackdateSeconds: Int64 = 300
}
