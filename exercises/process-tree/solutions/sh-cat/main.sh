#!/bin/bash
# The same with functions, and cat as what stays until the input is over.
exec 3<&0

life() { # NAME PARENT [the child's function]
    printf '%s pid %d ppid %d\n' "$1" "$BASHPID" "$2"
    local me=$BASHPID # behind the & below it would be the child's
    if [ $# -eq 3 ]; then
        "$3" "$me" &
    fi
    cat <&3 > /dev/null
    wait
}
c() { life C "$1"; }
b() { life B "$1"; }
a() { life A "$1" c; }

b $$ &
life root $PPID a
