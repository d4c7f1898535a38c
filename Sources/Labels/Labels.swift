// The Labels module.
