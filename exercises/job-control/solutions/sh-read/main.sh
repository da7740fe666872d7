#!/bin/bash
# Waits a second in `read` on a pipe of its own that nobody writes to: no child is needed.
n=0
second=1000000
next_in_a_second() { next=$((${EPOCHREALTIME/[.,]/} + second)); }
trap 'echo paused; kill -STOP $$; echo resumed; next_in_a_second' TSTP
trap 'echo "bye $n"; exit' INT
exec {never}<> <(:)
wait
next_in_a_second
while :; do
  left=$((next - ${EPOCHREALTIME/[.,]/}))
  if ((left > 0)); then
    printf -v left %06d "$((left % second))"
    read -r -t "0.$left" -u "$never"
  else
    n=$((n + 1))
    echo "tick $n"
    next=$((next + second))
  fi
done
