#!/bin/bash
# The script ends on SIGTERM, and the tail that it started follows the file for ever.
if [ $# -ne 1 ]; then
  echo "usage: follow FILE" >&2
  exit 2
fi
if [ ! -f "$1" ]; then
  echo "follow: no such file: $1" >&2
  exit 1
fi
trap 'exit 0' TERM
tail -n +1 -f "$1" &
wait
