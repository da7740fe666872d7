#!/bin/bash
# Prints a file and whatever is appended to it, until SIGTERM.
#
# It looks once a second how long the file is and prints what is beyond the part that it knows. The sleep is in the
# background, because only `wait` lets the trap run at once. Bash knows its jobs from the start, but $! is in a variable
# of ours only later, and the trap may come before: so it asks Bash.

if [[ $# -ne 1 ]]; then
  echo "usage: follow FILE" >&2
  exit 2
fi
file=$1
printed=0

on_term() {
  kill $(jobs -p) 2>/dev/null
  wait
  exit 0
}

print_what_is_new() {
  local size
  size=$(stat -c %s -- "$file") || exit 1
  ((size >= printed)) || printed=0 # it was cut, and begins again
  if ((size > printed)); then
    tail -c +$((printed + 1)) -- "$file" | head -c $((size - printed))
    printed=$size
  fi
}

trap on_term TERM
while :; do
  print_what_is_new
  sleep 1 &
  wait $!
done
