// The Sync module.
