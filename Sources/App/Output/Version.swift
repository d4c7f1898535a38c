/// The version of all programs of the package; the newest heading of CHANGELOG.md.
package enum Version {
    package static let text = "0.1.0"
}
