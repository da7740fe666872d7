// SPDX-License-Identifier: MIT
#include "spec/loader.h"
#include "spec/tables.h"

namespace plumbline::spec {

std::string JsonSchema(std::span<const KindTable> kinds) {
  Definitions definitions;
  const Json file = FileType(kinds).schema(definitions);
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "An exercise of plumbline"}};
  schema.update(file);
  schema["definitions"] = definitions.all();
  return schema.dump(2) + "\n";
}

}  // namespace plumbline::spec
