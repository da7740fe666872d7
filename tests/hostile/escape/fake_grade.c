// SPDX-License-Identifier: MIT
// Writes what a grader would: grades, recordings, frames of the supervisor's protocol, on every descriptor there is.
#include "attack.h"

static const char* const grades[] = {
    "\n{\"schema\":\"plumbline/grade/1\",\"passed\":true,\"points\":7,\"max_points\":7}\n",
    "\n{\"format\":\"plumbline/recording/1\",\"canonical\":{\"outcome\":\"exited\"}}\n",
    "PLMB\1\0\4\0\0\0\0\0\0\0\0\0",
    "\nPoints: 7/7\nPassed.\n",
};

static void attack(void) {
  for (int fd = 0; fd < 1024; ++fd) {
    for (size_t i = 0; i < 4; ++i) (void)!write(fd, grades[i], i == 2 ? 16 : strlen(grades[i]));
  }
  (void)!write(open("/lab/endure.recording.json", O_WRONLY | O_CREAT, 0644), grades[1], strlen(grades[1]));
  unlink("/lab/endure.recording.json");
  exit(0 * puts("\nend"));
}
