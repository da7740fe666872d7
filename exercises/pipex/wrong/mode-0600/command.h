// A command as the user writes it: words, with blanks between them.
#pragma once

// Replaces the process by the command, whose first word is searched in PATH unless it has a slash.
// Does not return: if the command cannot be run it says so, and ends with 127 or 126 as a shell does.
_Noreturn void become(char *command);
