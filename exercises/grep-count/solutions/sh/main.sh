#!/bin/bash
# The shell makes the pipe, closes the spare ends and waits for both. The quotes keep a name with spaces one argument.
if [ $# -ne 2 ]; then
    echo "usage: $0 WORD FILE" >&2
    exit 2
fi
grep "$1" "$2" | wc -l
