# SPDX-License-Identifier: MIT
# Completion of plumbline for bash; installed as bash-completion/completions/plumbline.

_plumbline() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local command="" place=0 i
  # The options that no value follows.
  local flags=' --json --no-cache --verbose --help --watch --keep-going --all --terminal --real-time --no-mutants --load '
  local commands='list show explain start check hint new grade regrade gradebook export package replay lint verify schema trace evaluate report doctor version'
  local options=''
  local formats='terminal json html markdown junit github classroom50 gradescope vpl tap ctrf'
  local exercises=${PLUMBLINE_EXERCISES:-}

  # Those that came with the program.
  if [[ ! $exercises ]] && i=$(type -P plumbline); then
    exercises=$(dirname "$(readlink -f "$i")")/../share/plumbline/exercises
  fi

  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      --) return ;;  # the words of the program to trace
      --exercises) exercises=${COMP_WORDS[i + 1]:-} ;;
      list | show | explain | start | check | hint | new | grade | regrade | gradebook | export | package | replay | lint | verify | schema | trace | evaluate | report | doctor | version)
        command=${command:-${COMP_WORDS[i]}}
        ;;
    esac
    # How many words there are already that no option stands before, the command itself included.
    case ${COMP_WORDS[i - 1]} in
      = | -*) [[ $flags == *" ${COMP_WORDS[i - 1]} "* ]] || continue ;;
    esac
    case ${COMP_WORDS[i]} in
      = | -*) ;;
      *) ((++place)) ;;
    esac
  done

  _plumbline_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word"); }
  _plumbline_exercises() {
    _plumbline_words "$(cd "$exercises" && printf '%s\n' */exercise.yaml | sed 's,/exercise.yaml$,,')"
  }
  _plumbline_paths() { mapfile -t COMPREPLY < <(compgen "$1" -- "$word"); compopt -o filenames 2>/dev/null; }

  case $before in
    --lang) _plumbline_words 'ca es en'; return ;;
    --language) _plumbline_words 'c cpp py sh'; return ;;
    --audience) _plumbline_words 'student teacher'; return ;;
    --color) _plumbline_words 'auto always never'; return ;;
    --isolation) _plumbline_words 'auto A B C unsafe'; return ;;
    --state) _plumbline_words 'passed failed refused error pending missing'; return ;;
    --under)
      if [[ $command == trace ]]; then
        _plumbline_words 'interleavings turns small-world'
        return
      fi
      _plumbline_words 'interleavings signals interruptions short-transfers failures small-world'
      return
      ;;
    --record | --recordings | --exercises) _plumbline_paths -d; return ;;
    --report | -o | --output | --submission | --roster | --gradebook | --worksheet | --submissions) _plumbline_paths -f; return ;;
    --exercise)
      if [[ -d $exercises && $word != */* ]]; then
        _plumbline_exercises
      else
        _plumbline_paths -d
      fi
      return
      ;;
    --topic) _plumbline_words 'fds files memory output pipes processes resources signals sockets'; return ;;
    --attempts) _plumbline_words 'best last'; return ;;
    --format) _plumbline_words 'csv canvas moodle'; return ;;
  esac

  if [[ $word == -* ]]; then
    case $command in
      '') options='--version' ;;
      list) options='--json --lang --exercises' ;;
      show) options='--json --lang --audience --exercises' ;;
      explain) options='--json --lang --audience --color --exercises' ;;
      start) options='--language --exercises' ;;
      check)
        options='--watch --under --seed --scenario --runs --most-calls --keep-going --student --gradebook
          --roster -j --jobs --json --report --lang --language --audience --color --record --isolation
          --exercises --no-cache --verbose'
        ;;
      hint) options='--check --lang --language --isolation --exercises --no-cache --verbose' ;;
      evaluate) options='--json --report --lang --audience --color --exercises' ;;
      report) options='-o --output --recordings --submission --lang --color' ;;
      replay)
        options='--json --report --lang --audience --color --record --isolation --exercises --no-cache
          --verbose'
        ;;
      trace)
        options='-o --output --all --terminal --real-time --under --seed -- --json --lang --record
          --isolation --verbose'
        ;;
      new) options='--topic --exercises' ;;
      lint) options='--json --exercises' ;;
      grade)
        options='--exercise --submissions --roster --gradebook -j --jobs --lang --isolation --exercises
          --no-cache --verbose'
        ;;
      regrade) options='--exercise --gradebook --exercises' ;;
      gradebook)
        options='--gradebook --student --exercise --section --state --adjust --extend --reason --due --late
          --attempts --json'
        ;;
      export) options='--gradebook --format --worksheet --exercise -o --output' ;;
      package) options='-o --output --lang --language --audience --isolation --exercises' ;;
      verify)
        options='--no-mutants --repeat --load -j --jobs --json --report --isolation --exercises --no-cache
          --verbose'
        ;;
      doctor) options='--json' ;;
      version) options='--json' ;;
    esac
    _plumbline_words "--help $options"
  elif [[ ! $command ]]; then
    _plumbline_words "$commands"
  elif [[ $place -eq 1 && $command == report ]]; then
    _plumbline_words "$formats class"
  elif [[ $place -eq 1 && $command == package ]]; then
    _plumbline_words gradescope
  elif [[ $place -eq 1 && $command == explain ]]; then
    _plumbline_words "$(plumbline explain 2>/dev/null | sed 's/ .*//')"
  elif [[ ( $place -eq 1 && $command =~ ^(show|start|check|hint|evaluate)$ || $command =~ ^(lint|verify)$ ||
            $command == package && $place -eq 2 ) &&
          -d $exercises && $word != */* ]]; then
    _plumbline_exercises
  else
    _plumbline_paths -f
  fi
}
complete -F _plumbline plumbline
