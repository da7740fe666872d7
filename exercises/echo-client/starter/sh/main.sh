#!/bin/bash
# echo-client HOST PORT: sends each line of its input to an echo server and prints what comes back.

# 1. Check the arguments (wrong usage: a message on stderr, exit status 2).
# 2. Connect to HOST and PORT (ncat or socat; an error: a message on stderr, exit status 1).
# 3. For each line of the input: send it, read its echo, print it.
# 4. At the end of the input: end what you send, read to the end, exit status 0.
echo "not written yet"
