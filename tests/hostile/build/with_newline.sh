#!/bin/bash
# SPDX-License-Identifier: MIT
# Has a name of two lines, the second of which looks like another message. It is refused before anything of it is run.
if [ "$1" = calm ]; then echo calm; exit; fi
echo end
