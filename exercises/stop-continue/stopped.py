#!/usr/bin/env python3
"""Between SIGSTOP and `stopped` the parent asked for something that tells that the child has stopped."""
import json
import sys

SIGNAL, LINE = 19, "stopped\n"
run = json.load(sys.stdin)["canonical"]
output = run["streams"].get("submission.stdout", {}).get("bytes", "")
at = output.find(LINE) if isinstance(output, str) else -1
signalfds = {number for number, item in enumerate(run["objects"], 1) if "signalfd" in item.get("name", "")}


def by_parent(event):
    return event.get("by", -1) == 0


def tells(event):
    """A wait that had an answer, a signal, any other look: a wait without one and a sleep tell nothing."""
    kind = event["kind"]
    if not by_parent(event):
        return False
    if kind == "call" and event.get("family") == "wait":
        return event["name"] == "waitid" or event.get("result", 0) > 0
    if kind == "transfer":
        return event["way"] == "read"
    return kind == "delivered" or kind == "call" and event.get("family") != "sleep"


def asked():
    sent = False
    for event in run["events"]:
        kind = event["kind"]
        if kind == "sent" and by_parent(event) and event["signal"] == SIGNAL:
            sent = True
        elif sent and tells(event):
            return True
        elif kind == "grew" and event["stream"] == "submission.stdout" and -1 < at < event["size"] - len(LINE) + 1:
            return False
    return False


def asks_unseen():
    """Reads of a descriptor are told in sum, and another thread may ask at any time."""
    return any(event["kind"] == "thread-born" or event.get("object") in signalfds for event in run["events"] if by_parent(event))


def where_it_was_sent():
    sent = (event for event in run["events"] if event["kind"] == "sent" and by_parent(event) and event["signal"] == SIGNAL)
    return next((event["where"] for event in sent if "where" in event), None)


passed = asked() or asks_unseen()
answer = {"passed": passed}
if not passed:
    answer.update(
        code="not-awaited",
        what={
            "en": "It printed `stopped` without having asked whether the child has stopped.",
            "ca": "Ha escrit `stopped` sense haver preguntat si el fill s'ha aturat.",
            "es": "Ha escrito `stopped` sin haber preguntado si el hijo se ha detenido.",
        },
        why={
            "en": "kill() comes back when the signal is sent: it tells nothing of the child.",
            "ca": "kill() torna quan el senyal s'ha enviat: del fill no en diu res.",
            "es": "kill() vuelve cuando la señal se ha enviado: del hijo no dice nada.",
        },
        next={
            "en": "Between this signal and the line, ask: waitpid() with WUNTRACED.",
            "ca": "Entre aquest senyal i la línia, pregunta: waitpid() amb WUNTRACED.",
            "es": "Entre esta señal y la línea, pregunta: waitpid() con WUNTRACED.",
        },
    )
    where = where_it_was_sent()
    if where:
        answer["location"] = {"file": where["file"], "line": where["line"]}
print(json.dumps(answer))
