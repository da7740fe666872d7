// SPDX-License-Identifier: MIT
#include "report/lanes.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "report/exchanges.h"
#include "report/layout.h"

namespace plumbline::report {
namespace {

using evaluate::Msg;
using record::ProcessIndex;

constexpr size_t kUsualWidth = 80;
constexpr size_t kNarrowest = 14;
constexpr size_t kWidest = 34;
constexpr size_t kMostArrows = 40;

// A row of single characters, each of one column.
class Row {
 public:
  explicit Row(size_t columns) : cells_(columns, " ") {}
  void Put(size_t at, const char* sign) { cells_[at] = sign; }
  void Fill(size_t from, size_t to, const char* sign) {
    std::fill(cells_.begin() + static_cast<std::ptrdiff_t>(from),
              cells_.begin() + static_cast<std::ptrdiff_t>(to), sign);
  }
  // ASCII alone: "SIGUSR1", "exit 0", "fork()".
  void Write(size_t at, const std::string& text) {
    for (const char c : text) {
      if (at < cells_.size()) cells_[at++] = std::string(1, c);
    }
  }
  std::string Text() const {
    std::string text;
    for (const std::string& cell : cells_) text += cell;
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

 private:
  std::vector<std::string> cells_;
};

class Sequence {
 public:
  Sequence(const evaluate::Scene& scene, size_t indent, size_t width, bool colour,
           const Translator& translator)
      : scene_(scene),
        indent_(indent),
        room_(std::max((width == 0 ? kUsualWidth : width) - std::min(width, indent), kNarrowest)),
        colour_(colour),
        translator_(translator) {}

  std::string Draw() {
    const std::vector<Exchange> all = ExchangesOf(scene_.recording());
    for (const Exchange& one : all) {
      Take(one.from);
      Take(one.to);
    }
    if (lanes_.size() < 2) return "";
    lane_ = std::clamp(room_ / lanes_.size(), kNarrowest, kWidest);
    Titles();
    size_t drawn = 0;
    for (const Exchange& one : all) {
      if (drawn == kMostArrows || !HasLane(one.from) || !HasLane(one.to)) continue;
      Pass(one.time);
      Arrow(one);
      ++drawn;
    }
    if (drawn < all.size())
      Line(translator_.Tell(
          Msg("… more: {count}", {{"count", static_cast<int>(all.size() - drawn)}})));
    return std::move(out_);
  }

 private:
  void Take(ProcessIndex process) {
    const bool room = (lanes_.size() + 1) * kNarrowest <= room_;
    if (room && !HasLane(process)) lanes_.push_back(process);
  }
  bool HasLane(ProcessIndex process) const {
    return std::ranges::find(lanes_, process) != lanes_.end();
  }
  // The column of its line.
  size_t At(ProcessIndex process) const {
    const auto lane = std::ranges::find(lanes_, process) - lanes_.begin();
    return static_cast<size_t>(lane) * lane_ + 1;
  }

  std::string NameOf(ProcessIndex process) const {
    if (process < 0) return SafeLines(translator_.Tell(Msg("the exercise")));
    // The number comes first, for a long name is cut.
    const int pid = scene_.recording().processes[static_cast<size_t>(process)].pid.value;
    return std::to_string(pid) + " " + SafeLines(translator_.Tell(scene_.ShortNameOf(process)));
  }

  void Line(const std::string& text) { out_ += std::string(indent_, ' ') + text + "\n"; }

  void Titles() {
    std::string titles;
    for (const ProcessIndex process : lanes_) {
      std::string name = Shortened(NameOf(process), lane_ - 1);
      titles += process == lanes_.back() ? name : Padded(std::move(name), lane_);
    }
    Line(Painted(titles, Paint::kStrong, colour_));
  }

  Row Lanes() const {
    Row row(lanes_.size() * lane_ + 1);
    for (const ProcessIndex process : lanes_) row.Put(At(process), "│");
    return row;
  }

  // Less than a second is nothing that anybody waited for.
  void Pass(Duration time) {
    if (time - time_ >= std::chrono::seconds(1)) {
      Line(Painted(Lanes().Text() + " +" + ToString(time - time_), Paint::kFaint, colour_));
    }
    time_ = time;
  }

  // ├─ SIGUSR1 ─▶
  void Arrow(const Exchange& one) {
    Row row = Lanes();
    const size_t from = At(one.from);
    const size_t to = At(one.to);
    if (from == to) {
      row.Write(from + 1, "<- " + one.text);
    } else {
      const auto [left, right] = std::minmax(from, to);
      row.Fill(left + 1, right, "─");
      row.Put(from, from < to ? "├" : "┤");
      row.Put(to, from < to ? "▶" : "◀");
      row.Write(left + 2, " " + one.text + " ");
    }
    Line(row.Text());
  }

  const evaluate::Scene& scene_;
  const size_t indent_;
  const size_t room_;
  const bool colour_;
  const Translator& translator_;
  std::vector<ProcessIndex> lanes_;  // in the order in which they are heard of
  size_t lane_ = kNarrowest;         // columns of each
  Duration time_{};
  std::string out_;
};

}  // namespace

std::string Lanes(const evaluate::Scene& scene, size_t indent, size_t width, bool colour,
                  const Translator& translator) {
  return Sequence(scene, indent, width, colour, translator).Draw();
}

}  // namespace plumbline::report
