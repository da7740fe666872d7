#!/usr/bin/env python3
"""sigusr1: counts SIGUSR1 and says goodbye on SIGTERM."""

import sys


def main():
    # 1. Decide how SIGUSR1 and SIGTERM reach the program (module signal).
    # 2. Only then print "ready PID", and flush it.
    # 3. Wait for signals without using the processor.
    #    SIGUSR1: print "got SIGUSR1 N". SIGTERM: print "bye" and end with status 0.
    sys.exit("sigusr1: not written yet")


main()
