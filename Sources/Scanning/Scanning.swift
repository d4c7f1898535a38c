// The Scanning module.
