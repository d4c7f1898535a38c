import Glibc

exit(EvilWorker.run(Array(CommandLine.arguments.dropFirst())))
