// SPDX-License-Identifier: MIT
// Pages of the samples: a run that hangs, in each language, and one by somebody who means ill.
#pragma once

#include <map>
#include <string>

#include "report/html.h"
#include "tests/report/sample.h"

namespace plumbline::testing {

inline Result<std::string> PageOf(const Sample& sample, const std::string& lang,
                                  const std::string& catalogues) {
  const report::Translator translator(lang, {catalogues});
  const report::ReportOptions options{.lang = lang};
  const report::Around around{.token = "plumbline-0123456789abcdef"};
  const auto grade = report::DocumentOf(sample.Grade(), "0.1.0", options, translator);
  return report::ToHtml(
      {grade, sample.exercise, sample.recordings, sample.sources, options, translator, around});
}

inline std::string ChainSource() {
  std::string source = "#include <unistd.h>\n\nint main(void) {\n\tint one[2], two[2];\n";
  while (std::ranges::count(source, '\n') < 13) source += "\n";
  source += "\tpipe(one);\n\tpipe(two);\n";
  for (int i = 0; i < 20; ++i) source += "\t// child " + std::to_string(i) + "\n";
  return source + "}\n";
}

inline Sample HostileSample() {
  const std::string evil =
      "</script><script>window.evil=1</script><img src=x "
      "onerror=window.evil=1>\x1b[31m\xe2\x80\xae\xff";
  Sample sample = HangingSample();
  sample.exercise.title["en"] = evil;
  sample.sources = {{"main.c", evil + "\n" + evil}, {evil, evil}};
  record::Recording& run = sample.recordings["counts"][0];
  for (auto& [name, snapshot] : run.snapshots) {
    for (auto& process : snapshot.processes) process.program = evil;
  }
  for (auto& object : run.objects) object.name = evil;
  for (auto& event : run.events) {
    if (auto* transfer = std::get_if<record::Transfer>(&event.what)) transfer->first = evil;
    if (auto* executed = std::get_if<record::Executed>(&event.what))
      executed->path = executed->argv[0] = "/" + evil;
  }
  run.streams["submission.stdout"] = {.bytes = evil, .cut = false, .total = evil.size()};
  return sample;
}

inline std::map<std::string, Result<std::string>> SamplePages(const std::string& catalogues) {
  std::map<std::string, Result<std::string>> pages;
  Sample hang = HangingSample();
  hang.sources = {{"main.c", ChainSource()}};
  for (const std::string lang : {"en", "ca", "es"})
    pages.emplace("hang." + lang, PageOf(hang, lang, catalogues));
  pages.emplace("hostile", PageOf(HostileSample(), "en", catalogues));
  pages.emplace("not-built", PageOf(UnbuiltSample(), "en", catalogues));
  pages.emplace("passed", PageOf(PassingSample(), "en", catalogues));
  return pages;
}

}  // namespace plumbline::testing
