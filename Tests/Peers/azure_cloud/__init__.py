"""Our own stand-in for Azure DPS and IoT Hub: shapes from Microsoft's published specifications, rules from documents."""
