"""What both cloud peers share: server, control interface, certificates, the life of the process."""
