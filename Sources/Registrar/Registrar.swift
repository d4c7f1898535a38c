// The Registrar module.
