// SPDX-License-Identifier: MIT
#include "report/class_page.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/text.h"
#include "report/html_head.h"
#include "report/layout.h"
#include "report/markup.h"
#include "report/page_files.h"

namespace plumbline::report {
namespace {

using evaluate::Message;
using evaluate::Msg;
using Exercise = ClassReport::Exercise;
using Student = ClassReport::Student;

constexpr size_t kMostNames = 200;  // of those who lost a check

std::vector<double> PointsIn(const ClassReport& report, size_t exercise) {
  std::vector<double> points;
  for (const Student& student : report.students) {
    if (student.marks[exercise].points) points.push_back(*student.marks[exercise].points);
  }
  std::ranges::sort(points);
  return points;
}

// "12", "11.5".
std::string Short(double points) {
  std::string text = fmt::format("{:.2f}", points);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

class Page {
 public:
  Page(const ClassReport& report, const Translator& translator)
      : report_(report), translator_(translator) {}

  std::string Write(const std::string& token, const std::string& version) {
    const std::string title = translator_.Tell(Msg("The class"));
    out_ = HtmlHead(translator_.lang(), token, title);
    Add("<a class=\"skip\" href=\"#students\">{}</a>", Tell(Msg("Skip to the students")));
    Add("<header>\n<h1>{}</h1>", XmlText(title));
    Add("<p class=\"faint\">{}</p>\n</header>\n<main>",
        Tell(Msg("Students: {count}", {{"count", static_cast<int>(report_.students.size())}})));
    for (size_t i = 0; i < report_.exercises.size(); ++i) One(i);
    Students();
    Add("</main>\n<footer class=\"faint\">plumbline {}</footer>", Text(version));
    Add("<script nonce=\"{}\">\n'use strict';\n{}</script>\n</body>\n</html>", XmlText(token),
        kPaperScript);
    return std::move(out_);
  }

 private:
  // Whatever goes into the page goes through one of these.
  std::string Tell(const Message& message) const { return Text(translator_.Tell(message)); }
  static std::string Text(const std::string& text) { return XmlText(SafeLines(text)); }
  template <typename... Args>
  void Add(fmt::format_string<Args...> form, Args&&... args) {
    out_ += fmt::format(form, std::forward<Args>(args)...) + "\n";
  }

  void One(size_t number) {
    const Exercise& exercise = report_.exercises[number];
    Add("<section aria-labelledby=\"exercise-{0}\">\n<h2 id=\"exercise-{0}\">{1} <code>{2}</code>"
        "</h2>",
        number, Text(exercise.title), Text(exercise.id));
    Numbers(number);
    Marks(number);
    Missed(exercise, number);
    Add("</section>");
  }

  void Numbers(size_t number) {
    const auto count = [&](auto which) {
      return static_cast<int>(std::ranges::count_if(
          report_.students, [&](const Student& student) { return which(student.marks[number]); }));
    };
    std::string text = Tell(Msg("Handed in: {count} of {all}",
                                {{"count", count([](const auto& mark) { return mark.handed_in; })},
                                 {"all", static_cast<int>(report_.students.size())}}));
    const int without = count([](const auto& mark) { return mark.handed_in && !mark.points; });
    if (without > 0) text += " · " + Tell(Msg("without a grade: {count}", {{"count", without}}));
    if (const auto mean = MeanOf(report_, number)) {
      const std::string most = std::to_string(report_.exercises[number].max_points);
      text +=
          " · " + Tell(Msg("mean {points} of {most}", {{"points", Short(*mean)}, {"most", most}}));
      text += " · " + Tell(Msg("median {points}", {{"points", Short(*MedianOf(report_, number))}}));
    }
    Add("<p>{}</p>", text);
  }

  // A bar as long as its part of `most`.
  static std::string Bar(int count, int most, const char* kind) {
    const int width = most > 0 ? count * 300 / most : 0;
    return fmt::format(
        "<svg class=\"bar {}\" width=\"300\" height=\"14\" viewBox=\"0 0 300 14\" "
        "aria-hidden=\"true\"><rect width=\"{}\" height=\"14\" rx=\"2\"/></svg>",
        kind, count > 0 ? std::max(width, 2) : 0);
  }

  void Marks(size_t number) {
    const Spread spread = SpreadOf(report_, number);
    const int most = *std::ranges::max_element(spread);
    if (most == 0) return;
    const std::string caption = Tell(Msg("How the marks are spread"));
    Scroll(caption, report_.exercises[number].id);
    Add("<table class=\"class\"><caption>{}</caption>\n<thead><tr><th scope=\"col\">{}</th>"
        "<th scope=\"col\">{}</th><td></td></tr></thead>\n<tbody>",
        caption, Tell(Msg("Part of all points")), Tell(Msg("Students")));
    for (size_t i = spread.size(); i-- > 0;)
      Add("<tr><th scope=\"row\">{}–{} %</th><td>{}</td><td>{}</td></tr>", i * 10, (i + 1) * 10,
          spread[i], Bar(spread[i], most, "good"));
    Add("</tbody></table></div>");
  }

  // Each has a name of its own.
  void Scroll(const std::string& label, const std::string& of = "") {
    Add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}{}\">", label,
        of.empty() ? "" : ": " + Text(of));
  }

  // The worst first: what to teach again.
  void Missed(const Exercise& exercise, size_t number) {
    std::vector<ClassReport::Check> checks = exercise.checks;
    std::erase_if(checks, [](const auto& check) { return check.lost == 0; });
    if (checks.empty()) return;
    std::ranges::stable_sort(checks, [](const auto& a, const auto& b) {
      return int64_t{a.lost} * b.of > int64_t{b.lost} * a.of;
    });
    const std::string caption = Tell(Msg("What was lost most often"));
    Scroll(caption, exercise.id);
    Add("<table class=\"class\"><caption>{}</caption>\n<thead><tr><th scope=\"col\">{}</th>"
        "<th scope=\"col\">{}</th><td></td></tr></thead>\n<tbody>",
        caption, Tell(Msg("Check")), Tell(Msg("Lost by")));
    for (const auto& check : checks) {
      Add("<tr><th scope=\"row\"><code>{}</code> {}{}</th><td>{} %</td><td>{}</td></tr>",
          Text(check.id), Text(check.title), Why(check, number), check.lost * 100 / check.of,
          Bar(check.lost, check.of, "bad"));
    }
    Add("</tbody></table></div>");
  }

  std::string Why(const ClassReport::Check& check, size_t number) const {
    std::string why;
    if (!check.example.empty())
      why += "<p class=\"faint\">" + Tell(Msg("For example: {what}", {{"what", check.example}})) +
             "</p>";
    why += "<details><summary>" +
           Tell(Msg("Students: {count}", {{"count", static_cast<int>(check.students.size())}})) +
           "</summary><p>";
    const size_t shown = std::min(check.students.size(), kMostNames);
    for (size_t i = 0; i < shown; ++i)
      why += (i > 0 ? ", " : "") + Linked(report_.students[check.students[i]], number);
    return why + (shown < check.students.size() ? " …" : "") + "</p></details>";
  }

  static std::string NameOf(const Student& student) {
    return Text(student.name.empty() ? student.id : student.name);
  }
  static std::string Linked(const Student& student, size_t number) {
    const std::string& page = student.marks[number].page;
    if (page.empty()) return NameOf(student);
    return "<a href=\"" + XmlText(page) + "\">" + NameOf(student) + "</a>";
  }

  void Students() {
    const std::string title = Tell(Msg("Students"));
    Add("<section>\n<h2 id=\"students\">{}</h2>", title);
    Scroll(title);
    Add("<table class=\"class\">\n<thead><tr><th scope=\"col\">{}</th>", title);
    for (const Exercise& exercise : report_.exercises)
      Add("<th scope=\"col\">{} <span class=\"faint\">/{}</span></th>", Text(exercise.id),
          exercise.max_points);
    Add("</tr></thead>\n<tbody>");
    for (const Student& student : report_.students) Row(student);
    Add("</tbody></table></div>\n</section>");
  }

  void Row(const Student& student) {
    std::string row = "<tr><th scope=\"row\">" + NameOf(student);
    if (!student.name.empty() && student.name != student.id)
      row += " <span class=\"faint\">" + Text(student.id) + "</span>";
    if (!student.section.empty())
      row += " <span class=\"faint\">" + Text(student.section) + "</span>";
    row += "</th>";
    for (const auto& mark : student.marks) {
      const std::string text = mark.points      ? Short(*mark.points)
                               : mark.handed_in ? Tell(Msg("no grade"))
                                                : "–";
      row += mark.page.empty() ? "<td>" + text + "</td>"
                               : "<td><a href=\"" + XmlText(mark.page) + "\">" + text + "</a></td>";
    }
    Add("{}</tr>", row);
  }

  const ClassReport& report_;
  const Translator& translator_;
  std::string out_;
};

}  // namespace

Spread SpreadOf(const ClassReport& report, size_t exercise) {
  Spread spread{};
  const int most = report.exercises[exercise].max_points;
  if (most <= 0) return spread;
  for (const double points : PointsIn(report, exercise)) {
    const auto tenth = static_cast<size_t>(std::clamp(points * 10 / most, 0.0, 9.0));
    ++spread[tenth];
  }
  return spread;
}

std::optional<double> MeanOf(const ClassReport& report, size_t exercise) {
  const std::vector<double> points = PointsIn(report, exercise);
  if (points.empty()) return std::nullopt;
  return std::accumulate(points.begin(), points.end(), 0.0) / static_cast<double>(points.size());
}

std::optional<double> MedianOf(const ClassReport& report, size_t exercise) {
  const std::vector<double> points = PointsIn(report, exercise);
  if (points.empty()) return std::nullopt;
  const size_t middle = points.size() / 2;
  return points.size() % 2 == 1 ? points[middle] : (points[middle - 1] + points[middle]) / 2;
}

Result<std::string> ToClassPage(const ClassReport& report, const Translator& translator,
                                const std::string& token, const std::string& version) {
  if (token.empty()) return Fail("html: there is no token for the page's styles");
  return Page(report, translator).Write(token, version);
}

}  // namespace plumbline::report
