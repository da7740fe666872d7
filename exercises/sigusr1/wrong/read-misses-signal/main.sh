#!/bin/bash
# Waits in `read` on a pipe of its own that nobody writes to. A signal that comes just before `read` waits has set its trap, but
# the trap runs only when `read` returns, which no later signal of another kind may ever make it do.
declare -i count=0
trap 'count+=1; printf "got SIGUSR1 %d\n" "$count"' SIGUSR1
trap 'printf "bye\n"; exit' SIGTERM
exec {never}<> <(:)
wait
printf 'ready %d\n' "$$"
while :; do
  read -r -u "$never"
done
