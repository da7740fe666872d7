// SPDX-License-Identifier: MIT
#include "spec/student_folder.h"

#include <yaml-cpp/yaml.h>

#include "spec/types.h"

namespace plumbline::spec {
namespace {

Type<StudentFolder> FolderType() {
  return Object<StudentFolder>(
      "a student's folder",
      {Required("exercise", "The exercise that is solved here: its id or its folder.",
                StringType("an exercise"), &StudentFolder::exercise),
       Optional("language", "What it is solved in.", WordType(LanguageWords()),
                &StudentFolder::language)});
}

}  // namespace

StudentFolderResult ReadStudentFolder(const std::string& text, const std::string& file) {
  StudentFolderResult result{.source = text};
  Reader reader(result.source, file, {});
  if (const auto root = ParseYaml(text, file, reader.mutable_diagnostics()))
    result.folder = FolderType().read(reader, *root).value_or(StudentFolder{});
  result.diagnostics = InOrder(reader.diagnostics());
  return result;
}

std::string Written(const StudentFolder& folder) {
  YAML::Emitter out;
  out << YAML::BeginMap << YAML::Key << "exercise" << YAML::Value << YAML::DoubleQuoted
      << folder.exercise;
  if (!folder.language.empty()) out << YAML::Key << "language" << YAML::Value << folder.language;
  out << YAML::EndMap;
  return std::string(out.c_str()) + "\n";
}

}  // namespace plumbline::spec
