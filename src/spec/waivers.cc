// SPDX-License-Identifier: MIT
#include "spec/waivers.h"

#include <system_error>

#include "base/io.h"
#include "spec/types.h"

namespace plumbline::spec {
namespace {

Type<std::vector<Waiver>> WaiversType() {
  Type<Waiver> waiver = Object<Waiver>(
      "a waiver",
      {Required("solution", "A folder below solutions/.", NameType("a solution's name"),
                &Waiver::solution),
       Required("mutant", "As plumbline verify names it.", StringType("a mutant"), &Waiver::mutant),
       Required("reason", "Why nobody has to notice.", StringType("a reason"), &Waiver::reason)});
  return List(
      Converted<Waiver>(waiver, [](Reader&, const Node& node, Waiver one) -> std::optional<Waiver> {
        one.mark = node.mark;
        return one;
      }));
}

}  // namespace

WaiversResult ReadWaivers(const std::string& text, const std::string& file) {
  WaiversResult result{.source = text};
  Reader reader(result.source, file, {});
  if (const auto root = ParseYaml(text, file, reader.mutable_diagnostics()))
    result.waivers = WaiversType().read(reader, *root).value_or(std::vector<Waiver>{});
  result.diagnostics = InOrder(reader.diagnostics());
  return result;
}

WaiversResult LoadWaivers(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return {};
  const auto text = ReadFile(file, kLargestFile);
  if (text) return ReadWaivers(*text, file.string());
  WaiversResult result;
  result.diagnostics.push_back(
      {file.string(), {}, "unreadable", text.error().message, text.error().hint});
  return result;
}

}  // namespace plumbline::spec
