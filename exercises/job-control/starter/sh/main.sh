#!/bin/bash
# job-control: ticks, stops, goes on, says goodbye.

# 1. Say what happens on TSTP (Ctrl-Z) and on INT (Ctrl-C) (help trap).
# 2. Print "tick N" once a second (help wait).
# 3. TSTP: print "paused", stop yourself; when it goes on, print "resumed".
# 4. INT: print "bye N" and end with status 0.
echo "job-control: not written yet" >&2
exit 1
