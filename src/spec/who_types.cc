// SPDX-License-Identifier: MIT
// Who, edges, and what else names what is declared elsewhere.
#include "spec/types.h"

namespace plumbline::spec {
namespace {

Tree ReadTree(Reader& reader, const Node& key, const Node& node) {
  Tree tree{key.text, {}};
  if (!node.IsMap()) {
    reader.Report(node.mark, "wrong-type",
                  "expected the children of " + Quoted(key.text) + ", found " + Describe(node),
                  "write {} for none");
    return tree;
  }
  for (const auto& [label, children] : node.entries)
    tree.children.push_back(ReadTree(reader, label, children));
  return tree;
}

// --- Descriptors.

std::vector<Choice> DescriptorKinds() {
  return {{"file", "An ordinary file."}, {"pipe", "A pipe without a name."},
          {"fifo", "A named pipe."},     {"socket", "A socket."},
          {"terminal", "A terminal."},   {"null", "/dev/null."}};
}

}  // namespace

Type<std::string> MentionType(Mention::Kind kind, std::string expects) {
  return Converted<std::string>(
      StringType(std::move(expects)),
      [kind](Reader& reader, const Node& node, std::string word) -> std::optional<std::string> {
        reader.MentionOf(kind, word, node.mark);
        return word;
      });
}

Type<Who> OneWhoType() {
  Type<Who> type = Converted<Who>(
      StringType("a who"),
      [](Reader& reader, const Node& node, const std::string& text) -> std::optional<Who> {
        auto who = ParseWho(text, reader.IsProcessName());
        if (!who) {
          reader.Report(node.mark, who.error());
          return std::nullopt;
        }
        reader.MentionWho(*who, node.mark);
        return std::move(*who);
      });
  type.schema = [](Definitions&) { return Json{{"type", "string"}, {"minLength", 1}}; };
  return type;
}

Type<WhoList> WhoType() { return Named("who", OneOrMany(OneWhoType())); }

Type<Edge> EdgeType() {
  Type<Edge> type = Converted<Edge>(
      StringType("an edge"),
      [](Reader& reader, const Node& node, const std::string& text) -> std::optional<Edge> {
        auto edge = ParseEdge(text, reader.IsProcessName(), reader.IsChannelName());
        if (!edge) {
          reader.Report(node.mark, edge.error());
          return std::nullopt;
        }
        for (const EdgeEnd* end : {&edge->from, &edge->to}) {
          if (const auto* descriptor = std::get_if<DescriptorEnd>(end))
            reader.MentionWho(descriptor->who, reader.Within(node, descriptor->who.text));
          if (const auto* channel = std::get_if<ChannelEnd>(end))
            reader.MentionOf(Mention::Kind::kChannel, channel->channel,
                             reader.Within(node, channel->channel));
        }
        reader.MentionPlaceholders(node);
        return std::move(*edge);
      });
  type.schema = [](Definitions&) {
    return PatternSchema("^[^>]*[^ >] *->[ ]*[^ >][^>]*$", "an edge: \"cat.1 -> sort.0\"");
  };
  return type;
}

Type<Tree> TreeType() {
  return {"a tree",
          [](Reader& reader, const Node& node) -> std::optional<Tree> {
            if (!node.IsMap() || node.entries.size() != 1) {
              reader.Report(node.mark, "wrong-type", "expected one process with its children",
                            "write {submission: {A: {}, B: {}}}");
              return std::nullopt;
            }
            const Node& root = node.entries[0].first;
            const auto who = ParseWho(root.text, reader.IsProcessName());
            if (who) {
              reader.MentionWho(*who, root.mark);
            } else {
              reader.Report(root.mark, who.error());
            }
            return ReadTree(reader, root, node.entries[0].second);
          },
          [](Definitions& all) {
            const Json children = all.Refer("tree", [](Definitions&) {
              return Json{{"type", "object"},
                          {"additionalProperties", {{"$ref", "#/definitions/tree"}}}};
            });
            return Json{{"type", "object"},
                        {"minProperties", 1},
                        {"maxProperties", 1},
                        {"additionalProperties", children}};
          }};
}

Type<FdTable> FdTableType() {
  const Type<std::string> target = PlacedType("a kind of file, a path or a connection");
  return {"a table of descriptors",
          [target](Reader& reader, const Node& node) -> std::optional<FdTable> {
            if (!node.IsMap()) {
              reader.Report(node.mark, "wrong-type",
                            "expected a table of descriptors, found " + Describe(node),
                            "write {0: socket, 1: pipe}");
              return std::nullopt;
            }
            FdTable table;
            for (const auto& [key, value] : node.entries) {
              Node plain = key;
              plain.quoted = false;  // a key is a number in quotes too
              const auto number = IntegerType(0, 1'048'576, "a descriptor").read(reader, plain);
              auto text = target.read(reader, value);
              if (!number || !text) continue;
              reader.MentionOf(Mention::Kind::kFdTarget, *text, value.mark);
              table[*number] = std::move(*text);
            }
            return table;
          },
          [](Definitions&) {
            const Json words = EitherOf({ChoiceSchema(DescriptorKinds()), StringSchema()});
            return Json{{"type", "object"},
                        {"patternProperties", {{"^[0-9]+$", words}}},
                        {"additionalProperties", false}};
          }};
}

Type<OrderEvent> OrderEventType() {
  using Event = OrderEvent;
  const auto process = [](const char* key, const char* doc, Event::Kind kind) {
    return Shape<Event>{key, Object<Event>("an event", {Required(key, doc, WhoType(), &Event::who)},
                                           {}, Event{.kind = kind})};
  };
  return OneOf<Event>(
      "an event",
      {{"call",
        Object<Event>("an event",
                      {Required("call", "A system call or a family.", CallType(), &Event::call),
                       Optional("by", "Who makes it.", WhoType(), &Event::by),
                       Optional("result", "How it ends.", CallResultType(), &Event::result)},
                      {}, Event{.kind = Event::Kind::kCall})},
       {"signals", Object<Event>("an event",
                                 {Required("signals", "Signals that are sent.", SignalSetType(),
                                           &Event::signals),
                                  Optional("by", "Who sends.", WhoType(), &Event::by),
                                  Optional("who", "To whom.", WhoType(), &Event::who)},
                                 {}, Event{.kind = Event::Kind::kSignals})},
       {"output",
        Object<Event>("an event",
                      {Required("output", "A text that comes.", TextType(), &Event::output),
                       Optional("of", "The stream (`submission.stdout`).",
                                MentionType(Mention::Kind::kStream, "a stream"), &Event::stream)},
                      {}, Event{.kind = Event::Kind::kOutput, .stream = "submission.stdout"})},
       process("stopped", "It is stopped.", Event::Kind::kStopped),
       process("continued", "It goes on after a stop.", Event::Kind::kContinued),
       process("exit", "It ends.", Event::Kind::kExit),
       process("reaped", "Its parent waited for it.", Event::Kind::kReaped)});
}

}  // namespace plumbline::spec
