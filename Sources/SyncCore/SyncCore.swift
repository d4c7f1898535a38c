// The SyncCore module.
