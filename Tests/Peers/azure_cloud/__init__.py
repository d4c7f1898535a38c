"""Our own stand-in for Azure DPS and IoT Hub: shapes as Microsoft publishes them, rules from documents."""
