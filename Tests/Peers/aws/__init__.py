"""AWS IoT's control plane: a gate that checks as AWS does, moto, and our own answers where moto has none."""
