#!/bin/bash
# cat FILE | sort | wc -l > carta.txt
# 1. Check that there is just one argument ($# tells how many there are).
# 2. Join the three commands by pipes.
# 3. End with the status of wc.
echo "not written yet" >&2
exit 1
