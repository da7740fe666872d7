# SPDX-License-Identifier: MIT
# What zsh offers to a person who types a line and presses the tabulator key.
#
#   zsh -f offered.zsh FOLDER LINE...     FOLDER has the completions
#
# Of each line the words on one line, in the order in which they are offered. They are typed on a
# pseudo-terminal, where a shell waits that shows what it would add to its list.
setopt extendedglob
zmodload zsh/zpty
here=${0:A:h}
zpty person zsh -f -i
zpty -w person "fpath=($1 \$fpath); source ${(q)here}/offering.zsh; echo re''ady"
zpty -r person text '*ready*'
shift
for line; do
  zpty -n -w person "$line"$'\t'
  zpty -r person text '*<end>*'
  print -r -- ${${${text##*<begin>}%%<end>*}//[$'\r\n']##/ }
done
zpty -d person
