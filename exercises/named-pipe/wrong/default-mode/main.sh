#!/bin/bash
if [ $# -ne 2 ]; then
    echo "Us: $0 write|read CAMI" >&2
    exit 2
fi
mkfifo "$2" 2> /dev/null
if [ ! -p "$2" ]; then
    echo "$2: no es una FIFO" >&2
    exit 1
fi
case $1 in
    write)
        cat > "$2" || exit 1
        ;;
    read)
        cat "$2"
        rm -f "$2"
        ;;
esac
