// SPDX-License-Identifier: MIT
// Namespaces (namespaces(7)): the clone that makes a world, who its only user is, and its network.
#pragma once

#include <functional>

#include "base/error.h"
#include "base/pid.h"
#include "base/unique_fd.h"

namespace plumbline::sandbox {

// The only user inside, `student`; the same for root and for a user without privileges outside.
constexpr unsigned kStudent = 1000;

struct World {
  HostPid init;
  UniqueFd pidfd;
};
// Clones this process into new namespaces of all kinds but time. The child runs `body`, which must
// not return. REQUIRES: this process has one thread.
Result<World> CloneWorld(const std::function<void()>& body);
// The same for our parent, whose child it will be, and in this process's network namespace.
Result<World> CloneWorldForParent(const std::function<void()>& body);

// Outside: maps the student to an unprivileged account of this machine (root), or to the caller's
// own. Root's is one that each supervisor has for itself, because the kernel counts much for an
// account: pipes' pages, descriptors under way, queues.
Status MapStudent(HostPid init);
// Chooses now. A child that makes files for the student must not choose by itself.
void ChooseStudentsAccount();

// Outside: the files that this process makes from now on belong to the account that MapStudent()
// maps the student to; or again to this process.
void MakeFilesAsStudent();
void MakeFilesAsSelf();

// Inside, after MapStudent: takes the student's identity, with all capabilities in the new
// namespaces.
Status BecomeStudent();
Status NameHost();
// Of what the kernel counts for the maker's account too, no more than a sandbox needs. REQUIRES:
// /proc is mounted below the working directory.
Status LimitCounts();
// In a new network namespace: loopback up and ports below 1024 for everybody. REQUIRES: /proc is
// mounted.
Status OpenNetwork();

}  // namespace plumbline::sandbox
