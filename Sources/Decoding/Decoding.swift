// The Decoding module.
