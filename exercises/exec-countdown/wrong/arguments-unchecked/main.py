#!/usr/bin/env python3
# Whatever the arguments are, they are tried.
import os
import sys

child = os.fork()
if child == 0:
    try:
        os.execv(sys.argv[1], sys.argv[1:])
    except OSError as error:
        print(error, file=sys.stderr)
        os._exit(1)
print(child)
