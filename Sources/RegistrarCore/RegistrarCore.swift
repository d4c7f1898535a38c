// The RegistrarCore module.
