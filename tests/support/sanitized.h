// SPDX-License-Identifier: MIT
// Whether this is built with a sanitizer: AddressSanitizer needs memory and time of its own,
// ThreadSanitizer has a thread in each process.
#pragma once

namespace plumbline::testing {

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PLUMBLINE_ADDRESS_SANITIZER 1
#endif
#if __has_feature(thread_sanitizer)
#define PLUMBLINE_THREAD_SANITIZER 1
#endif
#endif

#ifdef PLUMBLINE_ADDRESS_SANITIZER
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

#ifdef PLUMBLINE_THREAD_SANITIZER
constexpr bool kThreadSanitized = true;
#else
constexpr bool kThreadSanitized = false;
#endif

}  // namespace plumbline::testing
