#!/bin/bash
# Lists what a process has open: /proc/PID/fd has one link for each descriptor.
# 1. Check that there is just one argument, and that it is a number.
# 2. Look whether there is a directory /proc/PID/fd. If not there is no such process: a message and status 1.
# 3. Go through its names, sorted by number (sort -n).
# 4. For each, find out where the link leads (readlink), and print both. The directory itself does not count.
echo "not written yet" >&2
exit 3
