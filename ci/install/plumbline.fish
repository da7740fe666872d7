# SPDX-License-Identifier: MIT
# Completion of plumbline for fish.

function __plumbline_exercises
    set -l folder $PLUMBLINE_EXERCISES
    set -l words (commandline -opc)
    if set -l at (contains -i -- --exercises $words)
        set folder $words[(math $at + 1)]
    end
    for file in $folder/*/exercise.yaml
        basename (dirname $file)
    end
end

set -l commands list show explain start check hint new grade regrade gradebook export package replay lint verify schema trace evaluate report doctor version
set -l none "not __fish_seen_subcommand_from $commands"
set -l some "__fish_seen_subcommand_from $commands"

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

complete -c plumbline -n '__fish_seen_subcommand_from show start check hint lint verify evaluate' \
    -a '(__plumbline_exercises)' -d Exercise
complete -c plumbline -f -n '__fish_seen_subcommand_from explain' \
    -a "(plumbline explain | string replace -r ' +' '\t')"
complete -c plumbline -n '__fish_seen_subcommand_from check' -l watch -d 'Again at each change'
complete -c plumbline -n '__fish_seen_subcommand_from new' -l topic -x -d 'What it is about' \
    -a 'fds files memory output pipes processes resources signals sockets'
complete -c plumbline -n '__fish_seen_subcommand_from hint' -l check -x -d 'Of this check'
complete -c plumbline -n '__fish_seen_subcommand_from check trace' -l under -x -d 'Perturbed' \
    -a 'interleavings signals interruptions short-transfers failures small-world'
complete -c plumbline -n '__fish_seen_subcommand_from check trace' -l seed -x -d 'Of a run by chance'
complete -c plumbline -n '__fish_seen_subcommand_from check' -l scenario -x -d 'Of one run'
complete -c plumbline -n '__fish_seen_subcommand_from check' -l runs -x -d 'Of each perturbation'
complete -c plumbline -n '__fish_seen_subcommand_from check' -l most-calls -x -d 'Of all perturbed runs'
complete -c plumbline -n '__fish_seen_subcommand_from check' -l keep-going -d 'After a check was lost'
complete -c plumbline -n '__fish_seen_subcommand_from grade regrade gradebook export' -l exercise -x -d 'Which' \
    -a '(__plumbline_exercises)'
complete -c plumbline -n '__fish_seen_subcommand_from grade regrade gradebook export' -l gradebook -r -d 'Results'
complete -c plumbline -n '__fish_seen_subcommand_from grade' -l submissions -r -d 'Folder, archive or list of all'
complete -c plumbline -n '__fish_seen_subcommand_from grade' -l roster -r -d 'The class'
complete -c plumbline -n '__fish_seen_subcommand_from gradebook' -l student -x -d 'Of one'
complete -c plumbline -n '__fish_seen_subcommand_from gradebook' -l section -x -d 'Of one section'
complete -c plumbline -n '__fish_seen_subcommand_from gradebook' -l state -x -a 'passed failed refused error pending missing' -d 'Who stands so'
complete -c plumbline -n '__fish_seen_subcommand_from gradebook' -l adjust -x -d 'Add points'
complete -c plumbline -n '__fish_seen_subcommand_from gradebook' -l extend -x -d 'More time, hours'
complete -c plumbline -n '__fish_seen_subcommand_from gradebook' -l reason -x -d 'Why'
complete -c plumbline -n '__fish_seen_subcommand_from gradebook' -l due -x -d 'Until when'
complete -c plumbline -n '__fish_seen_subcommand_from gradebook' -l late -x -d 'Percent off a day'
complete -c plumbline -n '__fish_seen_subcommand_from gradebook' -l attempts -x -a 'best last' -d 'That count'
complete -c plumbline -n '__fish_seen_subcommand_from export' -l format -x -a 'csv canvas moodle' -d 'Of what'
complete -c plumbline -n '__fish_seen_subcommand_from export' -l worksheet -r -d "Moodle's or Canvas's own"
complete -c plumbline -n '__fish_seen_subcommand_from verify' -l no-mutants -d 'Its own programs alone'
complete -c plumbline -n '__fish_seen_subcommand_from verify' -l repeat -x -d 'So often'
complete -c plumbline -n '__fish_seen_subcommand_from check grade verify' -s j -l jobs -x -d 'So many at once'
complete -c plumbline -n '__fish_seen_subcommand_from verify' -l load -d 'With every processor busy'
complete -c plumbline -n '__fish_seen_subcommand_from package; and not __fish_seen_subcommand_from gradescope' \
    -a gradescope -d Service
complete -c plumbline -n '__fish_seen_subcommand_from gradescope' -a '(__plumbline_exercises)' -d Exercise
complete -c plumbline -n '__fish_seen_subcommand_from report' \
    -a 'terminal json html markdown junit github classroom50 gradescope vpl tap ctrf class' -d Format
complete -c plumbline -n '__fish_seen_subcommand_from report' -l recordings -r -d 'The runs of the grade'
complete -c plumbline -n '__fish_seen_subcommand_from report' -l submission -r -d 'What was graded'
complete -c plumbline -n '__fish_seen_subcommand_from trace report export package' -s o -r -d 'Write to a file'
complete -c plumbline -n '__fish_seen_subcommand_from trace' -l all -d 'Libraries too'
complete -c plumbline -n '__fish_seen_subcommand_from trace' -l terminal -d 'The program gets a terminal'
complete -c plumbline -n '__fish_seen_subcommand_from trace' -l real-time -d 'Time passes by itself'

complete -c plumbline -n $some -l json -d 'The report as JSON'
complete -c plumbline -n $some -l report -r -d 'Write a report, FORMAT=FILE'
complete -c plumbline -n $some -l lang -x -a 'ca es en' -d 'The language of the report'
complete -c plumbline -n $some -l language -x -a 'c cpp py sh' -d 'The programming language'
complete -c plumbline -n $some -l audience -x -a 'student teacher' -d 'Who reads'
complete -c plumbline -n $some -l color -x -a 'auto always never' -d Colours
complete -c plumbline -n $some -l record -r -d 'Keep the recordings in a folder'
complete -c plumbline -n $some -l isolation -x -a 'auto A B C unsafe' -d 'The least isolation'
complete -c plumbline -n $some -l exercises -r -d 'Where the exercises are'
complete -c plumbline -n $some -l no-cache -d 'Build anew'
complete -c plumbline -n $some -l verbose -d 'Say what is done'
complete -c plumbline -l help -d Explain
complete -c plumbline -n $none -l version -d 'The version'
