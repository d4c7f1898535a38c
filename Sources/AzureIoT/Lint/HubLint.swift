package import Model
package import TargetCore
extension IoTHubTarget {
    package func findings(in work: TargetWork, at now: Timestamp) -> [TargetFinding] { [] }
}
