"""What both cloud peers share: the server, the control interface, certificates and the life of the process."""
