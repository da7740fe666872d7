#!/bin/bash
# The writer becomes cat itself; the reader keeps one descriptor open and removes the name on its way out.
if (($# != 2)) || [[ $1 != @(read|write) ]]; then
    printf 'usage: %s read|write PATH\n' "$0" >&2
    exit 2
fi
[[ -p $2 ]] || mkfifo --mode=0600 -- "$2" || [[ -p $2 ]] || exit 1
if [[ $1 == write ]]; then
    exec cat > "$2"
fi
exec 3< "$2"
trap 'rm -f -- "$2"' EXIT
cat <&3
