// SPDX-License-Identifier: MIT
#define PREPARED "from the source"
