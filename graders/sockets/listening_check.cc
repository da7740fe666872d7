// SPDX-License-Identifier: MIT
#include "graders/sockets/listening_check.h"

#include "evaluate/parameters.h"

namespace plumbline::graders::sockets {
namespace {

spec::KindTable Table() {
  return {.name = "sockets.listening",
          .doc = "Passes when the processes listen so.",
          .params = {evaluate::AtParam(),
                     evaluate::WhoParam(),
                     {.name = "port",
                      .type = spec::ParamType::kPorts,
                      .doc = "A TCP port, or a list of them."},
                     {.name = "path",
                      .type = spec::ParamType::kPath,
                      .doc = "The path of a UNIX socket."},
                     {.name = "address",
                      .type = spec::ParamType::kString,
                      .doc = "The only address that it may listen on."},
                     evaluate::Defaulting({.name = "exactly",
                                           .type = spec::ParamType::kBool,
                                           .doc = "Whether no other port may be listened on."},
                                          "false")},
          .findings = {{"not-listening", "Nobody listens there."},
                       {"wrong-address", "It listens on another address."},
                       {"extra-port", "It listens on another port too."},
                       evaluate::NobodyFinding()},
          .one_of = {"port", "path"}};
}

std::set<record::Facet> Needs(const spec::Params&) {
  return {record::Facet::kSockets, record::Facet::kDescriptors};
}

evaluate::Judgement Judge(const evaluate::Scene&, const spec::Params&) {
  return evaluate::Unjudgeable{evaluate::Msg("This check kind cannot be judged.")};
}

}  // namespace

evaluate::CheckKind Listening() { return {Table(), Needs, Judge}; }

}  // namespace plumbline::graders::sockets
