#!/bin/bash
# The work is tail's, which may be used here. What is left to do is the usage, and to end it when SIGTERM comes.
[ $# -eq 1 ] || { echo "usage: follow FILE" >&2; exit 2; }
[ -r "$1" ] || { echo "follow: cannot read $1" >&2; exit 1; }
trap 'kill $tail; wait $tail 2>/dev/null; exit 0' TERM
tail -n +1 -f -- "$1" &
tail=$!
wait $tail
