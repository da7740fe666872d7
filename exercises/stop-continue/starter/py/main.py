#!/usr/bin/env python3
"""stop-continue: stops a child, lets it go on, ends it."""

import sys


def main():
    # 1. os.fork(). Child: print "tick" each second, for ever. How does the parent learn of each tick?
    # 2. After two ticks: stop the child, wait until it has stopped, print "stopped".
    # 3. Let it go on, wait until it runs, print "continued".
    # 4. Terminate it, wait for its end, print "killed by N", N from the status.
    sys.exit("stop-continue: not written yet")


main()
