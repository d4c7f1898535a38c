import Model
import RegistrarCore
import SQLite
import TargetCore

extension RegistrarReader {
    /// Where an operation has its device provisioned: where it wishes, else where placement says.
    func choice(
        of device: DeviceRecord, for operation: Operation, wish: TargetID?, digest: @escaping DigestFunction
    ) throws(SQLiteError) -> TargetChoice {
        if wish == .builtIn { return .own }
        if let wish {
            guard let target = try target(wish)?.summary else { return .unknown(wish) }
            return .target(target, reason: "\(wish): the operation names it")
        }
        return .own
    }
}
