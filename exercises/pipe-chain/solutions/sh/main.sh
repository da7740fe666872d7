#!/bin/bash
# The shell makes the pipes, closes the spare ends and waits for the three commands;
# the status of a pipeline is that of its last command.
if [ $# -ne 1 ]; then
    echo "usage: $0 FILE" >&2
    exit 2
fi
cat -- "$1" | sort | wc -l > carta.txt
