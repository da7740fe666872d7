"""The same with a table of all names, and an error for each kind of failure."""
import os
import signal
import sys

NAMES = {name: int(value) for name, value in vars(signal).items() if name.startswith("SIG") and name[3] != "_"}
NUMBERS = {str(int(number)): int(number) for number in signal.valid_signals()}

try:
    wanted, process = sys.argv[1:]
    process = int(process)
    if process < 1:
        raise ValueError
except ValueError:
    sys.stderr.write("usage: main.py SIGNAL PID\n")
    sys.exit(2)
number = NUMBERS.get(wanted) or NAMES.get(wanted) or NAMES.get(f"SIG{wanted}")
if not number:
    sys.exit("no such signal")
try:
    os.kill(process, number)
except ProcessLookupError:
    sys.exit("no such process")
except PermissionError:
    sys.exit("that process is not yours")
