#!/usr/bin/env python3
"""superserver CONFIG: listens on many ports, and starts a command for each connection."""


def main():
    # 1. Check the argument in sys.argv (wrong usage: a message on stderr, exit status 2).
    # 2. Read CONFIG: lines PORT STATE COMMAND ARG... (unreadable: a message on stderr, exit status 1).
    # 3. Listen on 127.0.0.1 on each port that is on (module socket).
    # 4. For each connection: start the command with it as 0, 1 and 2 (subprocess); wait for those that end.
    # 5. SIGHUP: read CONFIG again. SIGTERM: end the services, exit status 0.
    print("not written yet")


main()
