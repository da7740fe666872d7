// SPDX-License-Identifier: MIT
// The loader as a filter, for the tests that compare it with another reader of the same schema:
// lines of JSON in, `{"text": "format: 1\n...", "file": "a.yaml", "folder": "."}`; lines of JSON
// out, the diagnostics of each. `--schema` prints the schema instead.
#include <iostream>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "graders/builtin.h"
#include "spec/loader.h"

namespace plumbline::spec {
namespace {

nlohmann::json Verdict(const nlohmann::json& request) {
  const LoadResult loaded =
      LoadText(request.at("text").get<std::string>(), request.at("file").get<std::string>(),
               request.at("folder").get<std::string>(), graders::KindTables());
  auto verdict = nlohmann::json::array();
  for (const Diagnostic& diagnostic : loaded.diagnostics)
    verdict.push_back({{"code", diagnostic.code}, {"text", Format(diagnostic, loaded.source)}});
  return verdict;
}

}  // namespace
}  // namespace plumbline::spec

int main(int argc, char** argv) {
  using namespace plumbline;
  if (argc > 1 && std::string_view(argv[1]) == "--schema") {
    std::cout << spec::JsonSchema(graders::KindTables());
    return 0;
  }
  for (std::string line; std::getline(std::cin, line);)
    std::cout << spec::Verdict(nlohmann::json::parse(line)).dump() << std::endl;
  return 0;
}
