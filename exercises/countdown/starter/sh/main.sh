#!/bin/bash
# countdown: a timer that signals can change while it runs.

# 1. One argument, a number; anything else: a message on stderr and status 2.
# 2. Say what happens on USR1, USR2, HUP and TERM, and ignore INT (help trap).
# 3. Keep the moment at which it is over (EPOCHREALTIME). Wait for a signal, but not longer than until then (help wait).
# 4. When it is over: print "up U down D".
echo "countdown: not written yet" >&2
exit 1
