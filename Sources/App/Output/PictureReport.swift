import Intake
import Labels
import Model
import ScanProtocol
import Scanning

/// What the codes of one picture say, each by itself and together.
struct PictureReport {
    let path: String
    let picture: ScannedPicture
    let reader: LabelReader
    let reading: LabelReading
    /// The device that they name together, or why they name none.
    let device: Result<CapturedDevice, IntakeError>

    init(_ picture: ScannedPicture, of path: String, reader: LabelReader) {
        self.path = path
        self.picture = picture
        self.reader = reader
        reading = reader.read(label: picture.symbols.map { Payload($0) })
        do throws(IntakeError) {
            device = .success(try LabelEvidence(reading).device(product: nil, products: []))
        } catch {
            device = .failure(error)
        }
    }

    /// Every symbol with what it says.
    var codes: [(symbol: Symbol, code: LabelReading.Code)] { Array(zip(picture.symbols, reading.codes)) }

    /// The single device that the picture names without a doubt.
    var identity: DeviceIdentity? {
        guard case .success(let device) = device, device.doubt == nil, device.identity.lane != nil else {
            return nil
        }
        return device.identity
    }

    /// What has to be looked at before the label is used, in words; empty when nothing has.
    var remarks: [String] {
        guard !picture.symbols.isEmpty else {
            return ["No code could be read: take the picture closer, sharper, without glare."]
        }
        var remarks: [String] = []
        switch device {
        case .failure(.contradiction(let field, let known, let new)):
            remarks.append(
                "The codes give two values for \(field), `\(known)` and `\(new)`: they are of two devices, or one is no \(field)."
            )
            if reading.profile == nil, field == "serial" {
                remarks.append("If they are of one device, teach Muster such labels: `muster label learn`.")
            }
        case .failure(.notUnderstood(let failure)):
            remarks.append("\(failure.explanation.what) \(failure.explanation.nextStep)")
        case .failure(.serialMalformed), .failure(.disputed), .failure(.twoReadings): break
        case .success(let device):
            remarks += device.remarks
            if device.isDisputed {
                remarks.append(
                    "The code was read in doubt: compare it with the label, or take the picture again.")
            } else if !device.rivals.isEmpty {
                remarks.append("The code can be read in two ways: scan another code of the label too.")
            } else if device.identity.lane == nil {
                remarks.append("No code names a single device: scan the code with the serial too.")
            }
        }
        return remarks + pageRemarks
    }

    /// Pages of which nothing is known.
    var pageRemarks: [String] {
        let pages = picture.pageCount
        return
            (pages.leftOut.map { ["Pages \($0.lowerBound) to \($0.upperBound) were not looked at."] } ?? [])
            + pages.failed.map { "Page \($0) could not be read." }
    }
}
