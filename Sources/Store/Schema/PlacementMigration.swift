extension StoreSchema {
    /// The rules of placement, as the registrar's catalogue has them. Feeds start anew, so that they come with the next pull.
    static let placementMigration = """
        ALTER TABLE feed ADD COLUMN placement TEXT;
        UPDATE feed SET cursor = NULL, generation = generation + 1;
        """
}
