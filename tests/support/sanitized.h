// SPDX-License-Identifier: MIT
// Whether this is built with AddressSanitizer, which needs memory and time of its own.
#pragma once

namespace plumbline::testing {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PLUMBLINE_ADDRESS_SANITIZER 1
#endif
#endif

#ifdef PLUMBLINE_ADDRESS_SANITIZER
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

}  // namespace plumbline::testing
