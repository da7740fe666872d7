#!/bin/bash
# The same, with an eye on what each of the two said: PIPESTATUS has the statuses of the last pipeline.
(($# == 2)) || { echo "usage: ${0##*/} WORD FILE" >&2; exit 2; }
grep -e "$1" -- "$2" | wc -l
((PIPESTATUS[0] <= 1)) || echo "grep could not read all" >&2
exit 0
