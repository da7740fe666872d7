#!/bin/bash
# kill SIGNAL PID, by number or by name.
# 1. Check that there are just two arguments, and that the second is a positive number.
# 2. Find out whether the first one is a signal: 10, USR1, SIGUSR1. 0 is none.
# 3. Send it (kill), and end with 1 if it was not sent.
echo "not written yet" >&2
exit 3
