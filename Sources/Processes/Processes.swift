// The Processes module.
