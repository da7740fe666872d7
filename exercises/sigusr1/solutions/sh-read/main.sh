#!/bin/bash
# Waits in `read` on a pipe of its own that nobody writes to; a signal interrupts it, and no child is needed.
declare -i count=0
trap 'count+=1; printf "got SIGUSR1 %d\n" "$count"' SIGUSR1
trap 'printf "bye\n"; exit' SIGTERM
exec {never}<> <(:)
wait
printf 'ready %d\n' "$$"
while :; do
  read -r -u "$never"
done
