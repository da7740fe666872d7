# SPDX-License-Identifier: MIT
# Completion of plumbline for bash; installed as bash-completion/completions/plumbline.

_plumbline() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local command="" i
  local commands='list show explain start check hint new grade regrade gradebook export package replay lint verify schema trace evaluate report doctor version'
  local options='--json --report --lang --language --audience --color --record --isolation
    --exercises --no-cache --verbose --help'
  local formats='terminal json html markdown junit github classroom50 gradescope vpl tap ctrf'
  local exercises=${PLUMBLINE_EXERCISES:-}

  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --) return ;;  # the words of the program to trace
      --exercises) exercises=${COMP_WORDS[i + 1]:-} ;;
      list | show | explain | start | check | hint | new | grade | regrade | gradebook | export | package | replay | lint | verify | schema | trace | evaluate | report | doctor | version)
        command=${command:-${COMP_WORDS[i]}}
        ;;
    esac
  done

  _plumbline_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word"); }
  _plumbline_paths() { mapfile -t COMPREPLY < <(compgen "$1" -- "$word"); compopt -o filenames 2>/dev/null; }

  case $before in
    --lang) _plumbline_words 'ca es en'; return ;;
    --language) _plumbline_words 'c cpp py sh'; return ;;
    --audience) _plumbline_words 'student teacher'; return ;;
    --color) _plumbline_words 'auto always never'; return ;;
    --isolation) _plumbline_words 'auto A B C unsafe'; return ;;
    --under) _plumbline_words 'interleavings signals interruptions short-transfers failures small-world'; return ;;
    --record | --recordings | --exercises) _plumbline_paths -d; return ;;
    --report | -o | --submission | --roster | --gradebook | --worksheet | --submissions) _plumbline_paths -f; return ;;
    --topic) _plumbline_words 'fds files memory output pipes processes resources signals sockets'; return ;;
    --attempts) _plumbline_words 'best last'; return ;;
    --format) _plumbline_words 'csv canvas moodle'; return ;;
  esac

  if [[ $word == -* ]]; then
    case $command in
      '') options='--help --version' ;;
      check) options+=' --watch --under --seed --scenario --runs --most-calls --keep-going --student --gradebook --roster --jobs' ;;
      new) options+=' --topic' ;;
      hint) options+=' --check' ;;
      grade) options+=' --exercise --submissions --roster --gradebook --jobs' ;;
      regrade) options+=' --exercise --gradebook' ;;
      gradebook) options+=' --gradebook --student --exercise --section --state --adjust --extend --reason --due --late --attempts' ;;
      export) options+=' --gradebook --format --worksheet --exercise -o' ;;
      package) options+=' -o' ;;
      verify) options+=' --no-mutants --repeat --load --jobs' ;;
      report) options+=' -o --recordings --submission' ;;
      trace) options+=' -o --all --terminal --real-time --under --seed --' ;;
    esac
    _plumbline_words "$options"
  elif [[ ! $command ]]; then
    _plumbline_words "$commands"
  elif [[ $before == "$command" && $command == report ]]; then
    _plumbline_words "$formats class"
  elif [[ $before == "$command" && $command == package ]]; then
    _plumbline_words gradescope
  elif [[ $before == "$command" && $command == explain ]]; then
    _plumbline_words "$(plumbline explain 2>/dev/null | sed 's/ .*//')"
  elif [[ ( $before == "$command" && $command =~ ^(show|start|check|hint|lint|verify|evaluate)$ || $command == package && $before == gradescope ) &&
          -d $exercises && $word != */* ]]; then
    _plumbline_words "$(cd "$exercises" && printf '%s\n' */exercise.yaml | sed 's,/exercise.yaml$,,')"
  else
    _plumbline_paths -f
  fi
}
complete -F _plumbline plumbline
