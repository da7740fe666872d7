#!/usr/bin/env python3
"""ping-pong: parent and child exchange signals in strict turn."""

import sys


def main():
    # 1. One argument, a number of rounds; anything else: a message on stderr and status 2.
    # 2. Decide what SIGUSR1 and SIGUSR2 shall do. When has that to be done, before or after os.fork()?
    # 3. os.fork(). Parent: print "ping I", send SIGUSR1, wait for SIGUSR2.
    #               Child: wait for SIGUSR1, print "pong I", send SIGUSR2.
    # 4. Parent: wait for the child.
    sys.exit("ping-pong: not written yet")


main()
