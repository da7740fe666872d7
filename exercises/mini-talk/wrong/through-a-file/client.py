#!/usr/bin/env python3
import os
import signal
import sys

if len(sys.argv) != 3 or not sys.argv[1].isdecimal() or sys.argv[1] == "0":
    sys.stderr.write("usage: client PID TEXT\n")
    sys.exit(2)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
with open(f"text-for-{sys.argv[1]}", "w", encoding="utf-8") as text:
    text.write(sys.argv[2])
try:
    os.kill(int(sys.argv[1]), signal.SIGUSR1)
except ProcessLookupError as error:
    sys.exit(f"client: {error}")
signal.sigwait({signal.SIGUSR1})
