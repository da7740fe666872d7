#!/usr/bin/env python3
"""port-scan HOST FIRST LAST: tells which TCP ports of a host are open."""


def main():
    # 1. Check the arguments in sys.argv (wrong usage: a message on stderr, exit status 2).
    # 2. Find the address of HOST (module socket; unknown: a message on stderr, exit status 1).
    # 3. For each port from FIRST to LAST: try to connect, for two seconds at most; print "PORT open" if it worked.
    print("not written yet")


main()
