# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# What the hooks have in common: a private folder, and a commit's files as they are in the repository.
# Sourced by bash with `set -euo pipefail`, in a hook or anywhere else that git finds the repository.

# The unit is 1024 bytes. What plumbline accepts is far smaller; a larger archive only fills the disk.
readonly most_in_archive=131072

# Makes `private`, a folder that only this account can look into, and has it removed when this process
# ends. Nobody can catch SIGKILL: what one who got it left is removed by the next who comes, which
# knows it by its lock (flock(2)) that nobody holds.
make_private_folder() {
  local above=${TMPDIR:-/tmp} new left lock
  above=$(cd -- "$above" && pwd -P)
  for left in "$above"/plumbline-push-*; do
    if [[ -d $left && ! -L $left && -O $left ]] && flock -n -- "$left/lock" true; then
      rm -rf -- "$left"
    fi
  done
  # It gets its name when it is locked, so that nobody takes it for a left one.
  new=$(mktemp -d -- "$above/.plumbline-push.XXXXXXXXXX")
  private=$above/plumbline-push-${new##*.}
  trap 'rm -rf -- "$private"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  exec {lock}>"$new/lock"
  flock "$lock"
  mv -T -- "$new" "$private"
}

# export_tree TREE FILE: a tree of the repository as a tar archive. Nothing that is in the tree decides
# how it is read: not .gitattributes (what stands in a repository's info/attributes goes before it,
# gitattributes(5), so a repository of our own lends the objects), no submodule, no replacement of
# objects. Of a tree, not of a commit: its times are now, not what the committer claims. Links stay links
# in the archive; nothing is unpacked here.
export_tree() {
  local tree=$1 file=$2 objects form lender=$private/lender
  objects=$(cd -- "$(git rev-parse --git-path objects)" && pwd -P)
  if [[ ! -d $lender ]]; then
    form=$(git rev-parse --show-object-format)
    own_git "$objects" init --quiet --bare --template= --object-format="$form" "$lender"
    mkdir -p -- "$lender/info"
    printf '* -text -crlf -ident -filter %s\n' \
      '!eol !working-tree-encoding -export-ignore -export-subst' >"$lender/info/attributes"
  fi
  (
    ulimit -f "$most_in_archive"
    own_git "$objects" --git-dir="$lender" -c tar.umask=0022 archive --format=tar \
      --output="$file" "$tree"
  )
}

# own_git OBJECTS ARGS...: git, with nobody's settings.
own_git() {
  local objects=$1
  shift
  env -u GIT_DIR -u GIT_WORK_TREE -u GIT_INDEX_FILE -u GIT_CONFIG_COUNT -u GIT_CONFIG_PARAMETERS \
    GIT_OBJECT_DIRECTORY="$objects" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 \
    GIT_ATTR_NOSYSTEM=1 GIT_NO_REPLACE_OBJECTS=1 git "$@" </dev/null
}

# Any text as a shell would write it, in ASCII: nothing in it can move a cursor or turn a line around.
shown() {
  local LC_ALL=C
  printf '%q' "$1"
}
