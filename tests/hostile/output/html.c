// SPDX-License-Identifier: MIT
// Writes HTML, Markdown and links, as a page or a pull request would show them.
#include "attack.h"

static const char text[] = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1)) ![](http://x/) `</code>` | a | b |\n# 7/7\n```\n</pre>]]>&amp;\n";

// On each stream, and in the file that a check quotes.
static void attack(void) {
  const int answer = open("answer", O_WRONLY | O_CREAT, 0644);
  (void)!write(answer, text, sizeof text - 1);
  (void)!write(1, text, sizeof text - 1);
  (void)!write(2, text, sizeof text - 1);
  puts("");
}
