#!/bin/bash
if [ $# -ne 2 ]; then
    echo "Us: $0 write|read CAMI" >&2
    exit 2
fi
[ -p "$2" ] || mkfifo -m 600 "$2" 2> /dev/null || [ -p "$2" ] || {
    echo "$2: no es una FIFO" >&2
    exit 1
}
if [ "$1" = write ]; then
    cat > "$2" || exit 1
else
    IFS= read -r linia < "$2"
    echo "$linia"
    rm -f "$2"
fi
