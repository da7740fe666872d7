#!/bin/bash
# sigusr1: counts SIGUSR1 and says goodbye on SIGTERM.

# 1. Say what happens on USR1 and on TERM (help trap).
# 2. Only then print "ready PID".
# 3. Wait for signals without using the processor (help wait).
#    USR1: print "got SIGUSR1 N". TERM: print "bye" and end with status 0.
echo "sigusr1: not written yet" >&2
exit 1
