// SPDX-License-Identifier: MIT
// FOLDER/.plumbline.yaml -> which exercise is solved in a student's folder, or every mistake in it.
#pragma once

#include <string>

#include "spec/diagnostic.h"

namespace plumbline::spec {

inline constexpr const char* kStudentFile = ".plumbline.yaml";

struct StudentFolder {
  std::string exercise;  // an id or a folder
  std::string language;  // empty: found
  bool operator==(const StudentFolder&) const = default;
};

struct StudentFolderResult {
  StudentFolder folder;     // complete only without diagnostics
  Diagnostics diagnostics;  // in the file's order
  std::string source;       // the text read, for Format()
  bool ok() const { return diagnostics.empty(); }
};

// `file` names the text in diagnostics.
StudentFolderResult ReadStudentFolder(const std::string& text, const std::string& file);
// The text of such a file; read again it is the same.
std::string Written(const StudentFolder& folder);

}  // namespace plumbline::spec
