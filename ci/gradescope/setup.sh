#!/bin/bash
# SPDX-License-Identifier: MIT
# Gradescope runs this once, as root, when the image of an assignment is made: the tools that grading needs.
# https://gradescope-autograders.readthedocs.io/en/latest/specs/
set -euo pipefail
here=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
exercise=''
# shellcheck source=/dev/null
source "$here/settings"

"$here/plumbline/setup" --for grade
# What cannot be read here cannot be graded there: the image fails now, not at the first hand-in.
"$here/plumbline/bin/plumbline" lint -- "$here/$exercise"
