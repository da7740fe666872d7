#!/bin/bash
# <( ) makes a pipe, and gives it a name that a function can take for a file's. Its process is no job: it is waited for
# by its PID.
if [[ $# -ne 1 ]]; then
    echo "usage: ${0##*/} FILE" >&2
    exit 2
fi

count_lines() {
    sort < "$1" | wc -l > carta.txt
}

count_lines <(exec cat -- "$1")
status=$?
wait "$!"
exit "$status"
