#!/usr/bin/env python3
"""fork-signal: leaves behind a child that answers signals."""

import sys


def main():
    # 1. What has to be done about SIGUSR1 and SIGUSR2 before os.fork(), so that the child is ready from the start?
    # 2. os.fork(). If it fails: a message on stderr and status 1.
    # 3. In the parent: print the PID of the child, and end with 0.
    # 4. In the child: SIGUSR1: print "hola radiola". SIGUSR2: print "adeu andreu" and end with 0.
    sys.exit("fork-signal: not written yet")


main()
