/// What a cell is for. A theme gives each role its look; no screen names a colour.
package enum CellRole: String, Codable, CaseIterable, Sendable {
    case normal
    /// The line that names the screen.
    case title
    /// The line of tenant, network and counts.
    case status
    case heading
    /// What helps and may be left unread.
    case hint
    /// The name of a fact, beside its value.
    case label
    /// An action that can be taken: a button or a key with its name.
    case button
    /// An action that cannot be taken now.
    case buttonDisabled
    /// The entry of a list that Enter means.
    case selected
    /// Where text is typed.
    case field
    case good
    case warning
    case bad
    /// The whole-line sign that a scan was taken.
    case flash
    /// The outline of a found symbol on the camera's picture.
    case outline
    /// A matrix that a camera reads off the screen: always dark on light.
    case matrix
}
