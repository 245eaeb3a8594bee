"""Decodes windows in Python, to watch training; `saywho eval polnear` gives the figures that count."""
import torch

from corpus import ROLES, windows
from network import collate


def viterbi(scores, transitions, begin):
    """The best tag sequence; an I never follows anything but its own B or I."""
    size = transitions.shape[0]
    allowed = transitions.clone()
    first = begin.clone()
    for tag in range(2, size, 2):
        first[tag] = -1e9
        for before in range(size):
            if before not in (tag, tag - 1):
                allowed[before, tag] = -1e9
    best, back = first + scores[0], []
    for row in scores[1:]:
        value, index = (best[:, None] + allowed).max(0)
        best = value + row
        back.append(index)
    tags = [int(best.argmax())]
    for index in reversed(back):
        tags.append(int(index[tags[-1]]))
    return tags[::-1]


def spans(tags):
    """(role, first token, last token + 1) of each tagged run."""
    found = []
    for i, tag in enumerate(tags):
        if tag % 2 == 1:
            found.append([(tag - 1) // 2, i, i + 1])
        elif tag and found:
            found[-1][2] = i + 1
    return found


def attributions(doc, a, tags, to_cue, to_source):
    """Groups the spans of one window around their cues; spans without a cue are dropped."""
    found = spans(tags)
    char = lambda s: [doc.rows[a + s[1]][0], doc.rows[a + s[2] - 1][1]]
    cues = [s for s in found if s[0] == 1]
    sources = [s for s in found if s[0] == 0]
    out = []
    for cue in cues:
        row = to_source[cue[1]]
        best = max([None] + sources, key=lambda s: float(row[0] if s is None else row[1 + s[1]]))
        out.append({"source": [char(best)] if best else [], "cue": [char(cue)], "content": []})
    for part in found:
        if part[0] == 2 and cues:
            k = max(range(len(cues)), key=lambda k: float(to_cue[part[1]][1 + cues[k][1]]))
            out[k]["content"].append(char(part))
    return [o for o in out if o["content"]]


@torch.no_grad()
def predict(net, docs, wordpiece, limit, size=16):
    """{doc name: {"doc", "attributions"}} in the form that the scorer reads."""
    net.eval()
    out = {d.name: {"doc": d.name, "attributions": []} for d in docs}
    items = [(d, a, b) for d in docs for a, b in windows(d, limit)]
    items.sort(key=lambda w: w[2] - w[1])
    for i in range(0, len(items), size):
        group = items[i:i + size]
        batch = collate(group, wordpiece)
        scores, to_cue, to_source, *_ = net(batch, 0.0)
        for k, (doc, a, b) in enumerate(group):
            tags = viterbi(scores[k, :b - a, 0], net.transitions[0], net.begin[0])
            out[doc.name]["attributions"] += attributions(doc, a, tags, to_cue[k], to_source[k])
    net.train()
    return out
