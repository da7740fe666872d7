# SPDX-License-Identifier: MIT
# For the shell of offered.zsh: the tabulator key prints what is offered and empties the line.
PROMPT= RPROMPT=
autoload -Uz compinit
compinit -u -D
zstyle ':completion:*' completer _complete

compadd() {
  # With one of these it fills a variable and offers nothing.
  if [[ " $* " != *" -"[OAD]" "* ]]; then
    local -a hits
    builtin compadd -O hits "$@"
    if (( $#hits )); then print -rl -- $hits; fi
  fi
  builtin compadd "$@"
}

offer() {
  print '<begin>'
  zle offered
  print '<end>'
  BUFFER=
  zle reset-prompt
}
_offer() {
  _main_complete
  compstate[insert]= compstate[list]=
}
zle -C offered complete-word _offer
zle -N offer
bindkey '^I' offer
