package import Model
package import TargetCore
extension AzureDPSTarget {
    package func findings(in work: TargetWork, at now: Timestamp) -> [TargetFinding] { [] }
}
