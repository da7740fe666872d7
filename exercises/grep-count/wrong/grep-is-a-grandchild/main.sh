#!/bin/bash
# The redirection is made in the process that becomes wc: grep is its child, and there is no $! to wait for here.
[ $# -eq 2 ] || { echo "usage: $0 WORD FILE" >&2; exit 2; }
wc -l < <(exec grep -- "$1" "$2")
exit 0
