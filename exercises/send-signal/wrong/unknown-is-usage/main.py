import argparse
import os
import signal
import sys


def senyal(text):
    try:
        if text.isdigit():
            return signal.Signals(int(text))
        return signal.Signals[text if text.startswith("SIG") else "SIG" + text]
    except (KeyError, ValueError):
        raise argparse.ArgumentTypeError("no such signal")


def positive(text):
    pid = int(text)
    if pid <= 0:
        raise ValueError
    return pid


parser = argparse.ArgumentParser()
parser.add_argument("signal", type=senyal)
parser.add_argument("pid", type=positive)
args = parser.parse_args()
try:
    os.kill(args.pid, args.signal)
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
