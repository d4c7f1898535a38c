// The RegistrarStore module.
