// SPDX-License-Identifier: MIT
#include "sandbox/privileges.h"

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace plumbline::sandbox {

bool DropPrivileges() {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return false;
  // No identity and no exec brings capabilities back, so the bounding set need not be emptied one
  // by one.
  if (::prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                                     SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                                     SECBIT_NO_CAP_AMBIENT_RAISE |
                                     SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED) < 0 &&
      errno != EPERM)
    return false;
  // Refused to who has no CAP_SETPCAP: then what is to be dropped below is all that there was, and
  // no exec brings it back, by no_new_privs.
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3]{};
  return ::syscall(SYS_capset, &header, none) == 0;
}

bool InstallFilter(std::string_view filter) {
  const sock_fprog program{
      static_cast<unsigned short>(filter.size() / sizeof(sock_filter)),
      reinterpret_cast<sock_filter*>(const_cast<char*>(filter.data())),
  };
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

}  // namespace plumbline::sandbox
