# SPDX-License-Identifier: MIT
# Completion of plumbline for fish.

# The command is one of these. What comes after -- is another program's.
function __plumbline_is
    set -l words (commandline -opc)
    contains -- "$words[2]" $argv; and not contains -- -- $words
end

# The same, and it is the word before.
function __plumbline_begins
    __plumbline_is $argv; and test (count (commandline -opc)) -eq 2
end

function __plumbline_exercises
    set -l folder $PLUMBLINE_EXERCISES
    set -l words (commandline -opc)
    if set -l at (contains -i -- --exercises $words)
        set folder $words[(math $at + 1)]
    end
    if test -z "$folder"; and set -l program (command -s plumbline)
        set folder (path dirname (path resolve $program))/../share/plumbline/exercises
    end
    for file in $folder/*/exercise.yaml
        path basename (path dirname $file)
    end
end

# What the program that is traced would be offered.
function __plumbline_of_traced
    set -l words (commandline -opc)
    set -e words[1..(contains -i -- -- $words)]
    complete -C (string join ' ' -- (string escape -- $words) (commandline -ct))
end

set -l commands list show explain start check hint new grade regrade gradebook export package replay lint verify schema trace evaluate report doctor version
set -l none 'test (count (commandline -opc)) -eq 1'

complete -c plumbline -f -n $none -a list -d 'The exercises'
complete -c plumbline -f -n $none -a show -d 'What an exercise asks for'
complete -c plumbline -f -n $none -a explain -d 'The idea behind a check'
complete -c plumbline -f -n $none -a start -d 'A folder to begin in'
complete -c plumbline -f -n $none -a check -d 'Run and grade a submission'
complete -c plumbline -f -n $none -a hint -d 'The next hint of a failed check'
complete -c plumbline -f -n $none -a new -d 'An exercise to begin with'
complete -c plumbline -f -n $none -a grade -d 'A class, into its gradebook'
complete -c plumbline -f -n $none -a regrade -d 'Judge the runs of a gradebook again'
complete -c plumbline -f -n $none -a gradebook -d 'The marks of a class'
complete -c plumbline -f -n $none -a export -d 'Marks as CSV'
complete -c plumbline -f -n $none -a package -d 'The archive that a grading service takes'
complete -c plumbline -f -n $none -a replay -d 'A run that was kept, once more'
complete -c plumbline -f -n $none -a lint -d 'The mistakes in exercise files'
complete -c plumbline -f -n $none -a verify -d 'Prove that an exercise grades as it should'
complete -c plumbline -f -n $none -a schema -d 'The JSON Schema of exercise.yaml'
complete -c plumbline -f -n $none -a trace -d 'What a program does, call by call'
complete -c plumbline -f -n $none -a evaluate -d 'Judge saved recordings'
complete -c plumbline -f -n $none -a report -d 'A kept grade in another form'
complete -c plumbline -f -n $none -a doctor -d 'What this machine can observe and isolate'
complete -c plumbline -f -n $none -a version -d 'The version'

complete -c plumbline -n '__plumbline_is show start check hint lint verify evaluate' \
    -a '(__plumbline_exercises)' -d Exercise
complete -c plumbline -f -n '__plumbline_begins explain' \
    -a "(plumbline explain | string replace -r ' +' '\t')"
complete -c plumbline -n '__plumbline_is check' -l watch -d 'Again at each change'
complete -c plumbline -n '__plumbline_is new' -l topic -x -d 'What it is about' \
    -a 'fds files memory output pipes processes resources signals sockets'
complete -c plumbline -n '__plumbline_is hint' -l check -x -d 'Of this check'
complete -c plumbline -n '__plumbline_is check' -l under -x -d 'Perturbed' \
    -a 'interleavings signals interruptions short-transfers failures small-world'
complete -c plumbline -n '__plumbline_is trace' -l under -x -d 'Perturbed' -a 'interleavings turns small-world'
complete -c plumbline -n '__plumbline_is check trace' -l seed -x -d 'Of a run by chance'
complete -c plumbline -n '__plumbline_is check' -l scenario -x -d 'Of one run'
complete -c plumbline -n '__plumbline_is check' -l runs -x -d 'Of each perturbation'
complete -c plumbline -n '__plumbline_is check' -l most-calls -x -d 'Of all perturbed runs'
complete -c plumbline -n '__plumbline_is check' -l keep-going -d 'After a check was lost'
complete -c plumbline -n '__plumbline_is grade regrade gradebook export' -l exercise -x -d 'Which' \
    -a '(__plumbline_exercises)'
complete -c plumbline -n '__plumbline_is check grade regrade gradebook export' -l gradebook -r -d 'Results'
complete -c plumbline -n '__plumbline_is grade' -l submissions -r -d 'Folder, archive or list of all'
complete -c plumbline -n '__plumbline_is check grade' -l roster -r -d 'The class'
complete -c plumbline -n '__plumbline_is gradebook' -l student -x -d 'Of one'
complete -c plumbline -n '__plumbline_is check' -l student -x -d 'Into the gradebook, as hers'
complete -c plumbline -n '__plumbline_is gradebook' -l section -x -d 'Of one section'
complete -c plumbline -n '__plumbline_is gradebook' -l state -x -a 'passed failed refused error pending missing' -d 'Who stands so'
complete -c plumbline -n '__plumbline_is gradebook' -l adjust -x -d 'Add points'
complete -c plumbline -n '__plumbline_is gradebook' -l extend -x -d 'More time, hours'
complete -c plumbline -n '__plumbline_is gradebook' -l reason -x -d 'Why'
complete -c plumbline -n '__plumbline_is gradebook' -l due -x -d 'Until when'
complete -c plumbline -n '__plumbline_is gradebook' -l late -x -d 'Percent off a day'
complete -c plumbline -n '__plumbline_is gradebook' -l attempts -x -a 'best last' -d 'That count'
complete -c plumbline -n '__plumbline_is export' -l format -x -a 'csv canvas moodle' -d 'Of what'
complete -c plumbline -n '__plumbline_is export' -l worksheet -r -d "Moodle's or Canvas's own"
complete -c plumbline -n '__plumbline_is verify' -l no-mutants -d 'Its own programs alone'
complete -c plumbline -n '__plumbline_is verify' -l repeat -x -d 'So often'
complete -c plumbline -n '__plumbline_is check grade verify' -s j -l jobs -x -d 'So many at once'
complete -c plumbline -n '__plumbline_is verify' -l load -d 'With every processor busy'
complete -c plumbline -f -n '__plumbline_begins package' \
    -a gradescope -d Service
complete -c plumbline -n '__plumbline_is package; and not __plumbline_begins package' -a '(__plumbline_exercises)' -d Exercise
complete -c plumbline -f -n '__plumbline_begins report' \
    -a 'terminal json html markdown junit github classroom50 gradescope vpl tap ctrf class' -d Format
complete -c plumbline -n '__plumbline_is report' -l recordings -r -d 'The runs of the grade'
complete -c plumbline -n '__plumbline_is report' -l submission -r -d 'What was graded'
complete -c plumbline -n '__plumbline_is trace report export package' -s o -l output -r -d 'Write to a file'
complete -c plumbline -n '__plumbline_is trace' -l all -d 'Libraries too'
complete -c plumbline -n '__plumbline_is trace' -l terminal -d 'The program gets a terminal'
complete -c plumbline -n '__plumbline_is trace' -l real-time -d 'Time passes by itself'

complete -c plumbline -f -n '__plumbline_is schema doctor version'
complete -c plumbline -f -n 'contains -- -- (commandline -opc)' -a '(__plumbline_of_traced)'

complete -c plumbline -n '__plumbline_is list show explain check evaluate replay trace lint gradebook verify doctor version' -l json -d 'The report as JSON'
complete -c plumbline -n '__plumbline_is check evaluate replay verify' -l report -r -d 'Write a report, FORMAT=FILE'
complete -c plumbline -n '__plumbline_is list show explain check hint evaluate report replay trace grade package' -l lang -x -a 'ca es en' -d 'The language of the report'
complete -c plumbline -n '__plumbline_is start check hint package' -l language -x -a 'c cpp py sh' -d 'The programming language'
complete -c plumbline -n '__plumbline_is show explain check evaluate replay package' -l audience -x -a 'student teacher' -d 'Who reads'
complete -c plumbline -n '__plumbline_is explain check evaluate report replay' -l color -x -a 'auto always never' -d Colours
complete -c plumbline -n '__plumbline_is check replay trace' -l record -r -d 'Keep the recordings in a folder'
complete -c plumbline -n '__plumbline_is check hint replay trace grade package verify' -l isolation -x -a 'auto A B C unsafe' -d 'The least isolation'
complete -c plumbline -n '__plumbline_is list show explain start check hint evaluate replay new lint grade regrade package verify' -l exercises -r -d 'Where the exercises are'
complete -c plumbline -n '__plumbline_is check hint replay grade verify' -l no-cache -d 'Build anew'
complete -c plumbline -n '__plumbline_is check hint replay trace grade verify' -l verbose -d 'Say what is done'
complete -c plumbline -n 'not contains -- -- (commandline -opc)' -l help -d Explain
complete -c plumbline -n $none -l version -d 'The version'
