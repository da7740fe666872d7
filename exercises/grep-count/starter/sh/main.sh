#!/bin/bash
# grep WORD FILE | wc -l
# 1. Check that there are just two arguments ($# tells how many there are).
# 2. Join the two commands by a pipe.
# 3. End with 0, also when nothing matches.
echo "not written yet" >&2
exit 1
