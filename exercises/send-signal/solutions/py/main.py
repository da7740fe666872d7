"""kill SIGNAL PID, by number or by name."""
import os
import signal
import sys


def signal_called(text):
    """The signal that a number or a name means; KeyError, ValueError: there is none."""
    if text.isdecimal():
        return signal.Signals(int(text))
    return signal.Signals["SIG" + text.removeprefix("SIG")]


def main():
    if len(sys.argv) != 3 or not sys.argv[2].isdecimal() or int(sys.argv[2]) == 0:
        print(f"usage: {sys.argv[0]} SIGNAL PID", file=sys.stderr)
        return 2
    try:
        number = signal_called(sys.argv[1])
    except (KeyError, ValueError):
        print(f"{sys.argv[1]}: no such signal", file=sys.stderr)
        return 1
    try:
        os.kill(int(sys.argv[2]), number)
    except (OSError, OverflowError) as error:
        print(f"{sys.argv[2]}: {error}", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
