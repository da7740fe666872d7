#!/bin/bash
# named-pipe write PATH: standard input down a FIFO. named-pipe read PATH: what comes out of it.
# 1. Check the arguments: write or read, and a path.
# 2. Make the FIFO if it is missing (mkfifo); if PATH is something else, that is an error.
# 3. write: copy standard input into it.
# 4. read: print what comes until the end, remove it.
echo "not written yet" >&2
