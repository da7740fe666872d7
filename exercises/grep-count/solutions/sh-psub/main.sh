#!/bin/bash
# <( ) makes the pipe, and gives it a name that a function can take for a file's. Its process is no job: it is waited for
# by its PID.
if [[ $# -ne 2 ]]; then
    echo "usage: ${0##*/} WORD FILE" >&2
    exit 2
fi

count_lines() {
    wc -l < "$1"
}

count_lines <(exec grep -- "$1" "$2")
wait "$!"
exit 0
