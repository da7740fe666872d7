#!/bin/bash
# named-pipe write PATH: standard input down a FIFO. named-pipe read PATH: what comes out of it.

usage() {
    echo "usage: $0 write PATH | read PATH" >&2
    exit 2
}

# Whoever makes it first, we or the other side: afterwards it is there, and it is a FIFO.
make_fifo() {
    mkfifo -m 600 "$1" 2>/dev/null
    if [ ! -p "$1" ]; then
        echo "$1: is not a FIFO, or cannot be made" >&2
        exit 1
    fi
}

[ $# -eq 2 ] || usage
case $1 in
    write)
        make_fifo "$2"
        cat > "$2" || exit 1
        ;;
    read)
        make_fifo "$2"
        cat < "$2" || exit 1
        rm -f "$2"
        ;;
    *) usage ;;
esac
