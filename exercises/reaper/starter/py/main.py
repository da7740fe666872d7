#!/usr/bin/env python3
"""reaper: starts children and reaps each one as it ends."""

import sys


def main():
    # 1. One argument, a number; anything else: a message on stderr and status 2.
    # 2. Decide how SIGCHLD and SIGUSR1 reach the program. When has that to be done, before or after os.fork()?
    # 3. Start the children: child i sleeps i seconds and exits with i.
    # 4. Until all are reaped, wait for whichever signal comes.
    #    SIGCHLD: print "pid PID status I" for each child that has ended. SIGUSR1: print "alive K".
    sys.exit("reaper: not written yet")


main()
