// A program for tests: opens the terminal and does what its first argument says.
Probe.main()
