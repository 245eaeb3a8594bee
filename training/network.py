"""The encoder and its heads, as small as the Rust side that runs them (`crates/saywho-encoder`)."""
import json
import math
import os

import numpy as np
import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn

from corpus import ACTS, CONTENT, KINDS, LEVELS, ROLES, TAGS

CASES, QUOTES, STARTS, LINK = 5, 4, 3, 128
# The parts of the layer `links`, each LINK rows, as the weights file calls them.
LINK_HEADS = ("part", "cue", "asking", "source")
# The same of the layer `hearers`.
HEARER_HEADS = ("telling", "hearer")
# What no pretrained checkpoint has.
NEW = ("case", "quote", "start", "tags", "transitions", "begin", "links", "act", "recipient", "hearers", "kind")


class Layer(nn.Module):
    """One post-norm transformer layer of BERT; its heads together may be narrower than its states.

    With `near` it first adds to each piece a weighted sum of the pieces up to `near` places away, each dimension by itself
    (a depthwise convolution, as in Wu et al. 2019): next to nothing to compute, and attention need not find the neighbours.
    """

    def __init__(self, width, heads, head_width, inner, near):
        super().__init__()
        self.heads = heads
        self.near = nn.Parameter(torch.zeros(2 * near + 1, width)) if near else None
        self.qkv = nn.Linear(width, 3 * heads * head_width)
        self.out = nn.Linear(heads * head_width, width)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x, mask, here, drop):
        b, t, _ = x.shape
        if self.near is not None:
            reach = len(self.near) // 2
            wide = F.pad(x * here[:, :, None], (0, 0, reach, reach))
            x = x + sum(wide[:, i:i + t] * weight for i, weight in enumerate(self.near))
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        context = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + F.dropout(self.out(context.transpose(1, 2).flatten(2)), drop, self.training))
        inner = F.gelu(self.up(x), approximate="tanh")
        return self.norm2(x + F.dropout(self.down(inner), drop, self.training))


def buckets(length):
    """The distance of every pair of pieces as one of 32 classes: exact up to 7, then by its logarithm up to 128."""
    place = torch.arange(length)
    apart = place[:, None] - place[None, :]
    far = 8 + (torch.log(apart.abs().clamp(min=1) / 8) / math.log(128 / 8) * 8).long().clamp(max=7)
    return torch.where(apart.abs() < 8, apart.abs(), far) + 16 * (apart < 0)


class Network(nn.Module):
    """Pieces in; tag scores of each token and link scores between tokens out."""

    def __init__(self, config):
        super().__init__()
        self.config = config
        d = config["width"]
        self.word = nn.Embedding(config["vocabulary"], d)
        self.position = nn.Embedding(config["max_positions"], d)
        self.case = nn.Embedding(CASES, d)
        self.quote = nn.Embedding(QUOTES, d)
        self.start = nn.Embedding(STARTS, d)
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.layers = nn.ModuleList(Layer(d, config["heads"], config["head_width"], config["ffn"], config.get("near", 0))
                                    for _ in range(config["layers"]))
        # MPNet's attention knows how far apart two pieces are (Song et al. 2020); all layers share it.
        self.distance = nn.Embedding(32, config["heads"]) if config.get("relative") else None
        self.tags = nn.Linear(d, LEVELS * len(TAGS))
        self.transitions = nn.Parameter(torch.zeros(LEVELS, len(TAGS), len(TAGS)))
        self.begin = nn.Parameter(torch.zeros(LEVELS, len(TAGS)))
        # A content part looks for its cue, a cue for its source; [CLS] stands for "no source".
        self.links = nn.Linear(d, 4 * LINK)
        # Of a cue, from the mean of its tokens: its act, and whether it is negated.
        self.act = nn.Linear(d, len(ACTS) + 1)
        # Of a token: O, B, I of a recipient; a cue looks for its recipient as it does for its source.
        self.recipient = nn.Linear(d, 3)
        self.hearers = nn.Linear(d, 2 * LINK)
        # Of a token: the kind of the smallest mention around it, the first for none.
        self.kind = nn.Linear(d, 1 + len(KINDS))
        for feature in (self.case, self.quote, self.start):
            nn.init.normal_(feature.weight, std=0.02)

    def encode(self, ids, case, quote, start, mask, drop):
        """Hidden states [batch, pieces, width]; `mask` is true where there is a piece."""
        positions = torch.arange(ids.shape[1])
        x = self.word(ids) + self.position(positions) + self.case(case) + self.quote(quote) + self.start(start)
        x = F.dropout(self.norm(x), drop, self.training)
        bias = mask[:, None, None, :]
        if self.distance is not None:
            near = self.distance(buckets(ids.shape[1])).permute(2, 0, 1)[None]
            bias = near.masked_fill(~bias, -1e9).to(torch.bfloat16 if torch.is_autocast_enabled("cpu") else near.dtype)
        for layer in self.layers:
            x = layer(x, bias, mask, drop)
        return x

    def forward(self, batch, drop=0.1):
        """Tag scores [batch, tokens, levels, tags], two link matrices [batch, tokens, 1 + tokens], states [batch, tokens, width],
        recipient scores [batch, tokens, 3], a third link matrix, from cues to recipients, and scores of kinds [batch, tokens, 6]."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = self.encode(batch["ids"], batch["case"], batch["quote"], batch["start"], batch["mask"], drop)
        x = x.float()
        tokens = torch.gather(x, 1, batch["first"][:, :, None].expand(-1, -1, x.shape[2]))
        with_cls = torch.cat([x[:, :1], tokens], 1)
        part, cue, asking, source = self.links(with_cls).split(LINK, -1)
        scale = 1 / math.sqrt(LINK)
        to_cue = part[:, 1:] @ cue.transpose(1, 2) * scale
        to_source = asking[:, 1:] @ source.transpose(1, 2) * scale
        blocked = ~F.pad(batch["token_mask"], (1, 0), value=True)[:, None, :]
        fill = -1e9
        teller, hearer = self.hearers(with_cls).split(LINK, -1)
        to_recipient = teller[:, 1:] @ hearer.transpose(1, 2) * scale
        tags = self.tags(F.dropout(tokens, drop, self.training)).unflatten(-1, (LEVELS, len(TAGS)))
        return (tags, to_cue.masked_fill(blocked, fill), to_source.masked_fill(blocked, fill), tokens,
                self.recipient(tokens), to_recipient.masked_fill(blocked, fill), self.kind(tokens))


def from_pretrained(folder):
    """A network that starts from a BERT-shaped checkpoint (config.json, model.safetensors)."""
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as f:
        c = json.load(f)
    config = {"layers": c["num_hidden_layers"], "width": c["hidden_size"], "heads": c["num_attention_heads"],
              "head_width": c["hidden_size"] // c["num_attention_heads"], "ffn": c["intermediate_size"],
              "vocabulary": c["vocab_size"], "max_positions": c["max_position_embeddings"]}
    net = Network(config)
    t = load_file(os.path.join(folder, "model.safetensors"))
    t = {k.removeprefix("bert."): v for k, v in t.items()}
    if c["model_type"] == "mpnet":
        return from_mpnet(config, t)
    e = "embeddings."
    state = {"word.weight": t[e + "word_embeddings.weight"],
             "position.weight": t[e + "position_embeddings.weight"] + t[e + "token_type_embeddings.weight"][0],
             "norm.weight": t[e + "LayerNorm.weight"], "norm.bias": t[e + "LayerNorm.bias"]}
    for i in range(config["layers"]):
        a, b = f"encoder.layer.{i}.", f"layers.{i}."
        for part in ("weight", "bias"):
            state[b + "qkv." + part] = torch.cat([t[f"{a}attention.self.{n}.{part}"] for n in ("query", "key", "value")])
            state[b + "out." + part] = t[f"{a}attention.output.dense.{part}"]
            state[b + "norm1." + part] = t[f"{a}attention.output.LayerNorm.{part}"]
            state[b + "up." + part] = t[f"{a}intermediate.dense.{part}"]
            state[b + "down." + part] = t[f"{a}output.dense.{part}"]
            state[b + "norm2." + part] = t[f"{a}output.LayerNorm.{part}"]
    return filled(net, state)


def from_mpnet(config, t):
    """The same from MPNet: its attention has other names, its positions start at 2, it knows no segments."""
    config.update(relative=True, max_positions=config["max_positions"] - 2)
    e = "embeddings."
    state = {"word.weight": t[e + "word_embeddings.weight"], "position.weight": t[e + "position_embeddings.weight"][2:],
             "norm.weight": t[e + "LayerNorm.weight"], "norm.bias": t[e + "LayerNorm.bias"],
             "distance.weight": t["encoder.relative_attention_bias.weight"]}
    for i in range(config["layers"]):
        a, b = f"encoder.layer.{i}.", f"layers.{i}."
        for part in ("weight", "bias"):
            state[b + "qkv." + part] = torch.cat([t[f"{a}attention.attn.{n}.{part}"] for n in "qkv"])
            state[b + "out." + part] = t[f"{a}attention.attn.o.{part}"]
            state[b + "norm1." + part] = t[f"{a}attention.LayerNorm.{part}"]
            state[b + "up." + part] = t[f"{a}intermediate.dense.{part}"]
            state[b + "down." + part] = t[f"{a}output.dense.{part}"]
            state[b + "norm2." + part] = t[f"{a}output.LayerNorm.{part}"]
    return filled(Network(config), state)


def from_weights(path):
    """The network of a weights file that `export.py` wrote, its int8 rows as f32 again."""
    with safe_open(path, "pt") as f:
        config = {k: int(v) for k, v in f.metadata().items()}
        t = {k: f.get_tensor(k) for k in f.keys()}
    t.update({k[:-2]: t[k].float() * t[k[:-2] + ".scale"][:, None] for k in t if k.endswith(".q")})
    config["vocabulary"] = len(t["embeddings.word"])
    net = Network(config)
    state = {}
    for name in net.state_dict():
        top, last = name.split(".")[0], name.split(".")[-1]
        if top in ("transitions", "begin"):
            state[name] = t["tags." + name]
        elif top == "links":
            state[name] = torch.cat([t[f"heads.{head}.{last}"] for head in LINK_HEADS])
        elif top == "hearers":
            if all(f"heads.{head}.{last}" in t for head in HEARER_HEADS):
                state[name] = torch.cat([t[f"heads.{head}.{last}"] for head in HEARER_HEADS])
        elif top == "act":
            if "heads." + name in t:  # polarity is not exported
                state[name] = torch.cat([t["heads." + name], torch.zeros_like(t["heads." + name][:1])])
        elif top in ("tags", "recipient"):
            if "heads." + name in t:
                state[name] = t["heads." + name]
        elif top == "kind":
            pass  # nor are kinds
        elif top == "norm":
            state[name] = t["embeddings." + name]
        elif top == "layers":
            state[name] = t[name if name in t else name.removesuffix(".weight")]
        else:
            state[name] = t["embeddings." + top]
    return filled(net, state)


def filled(net, state):
    """The network with these weights; only what is new in it may be missing."""
    missing, unexpected = net.load_state_dict(state, strict=False)
    assert not unexpected and all(m.split(".")[0] in NEW for m in missing), missing
    return net


def collate(items, wordpiece, style=None, rng=None):
    """Tensors of a list of windows (doc, first token, last token + 1); with `style` every seventh gets other quotation marks."""
    rows = []
    for doc, a, b in items:
        swap = style is not None and rng.random() < 0.15
        ids, feats, first = [wordpiece.cls], [(0, 0, 0)], []
        for i in range(a, b):
            first.append(len(ids))
            row = doc.rows[i]
            for k, piece in enumerate(doc.pieces[i]):
                ids.append(style.swap(piece, row[3]) if swap else piece)
                feats.append((row[2], row[3], row[4] if k == 0 else 0))
        rows.append((ids + [wordpiece.sep], feats + [(0, 0, 0)], first))
    t, n = max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
    pad = lambda xs, to, value=0: xs + [value] * (to - len(xs))
    batch = {"ids": torch.tensor([pad(r[0], t) for r in rows])}
    for k, name in enumerate(("case", "quote", "start")):
        batch[name] = torch.tensor([pad([f[k] for f in r[1]], t) for r in rows])
    batch["mask"] = torch.tensor([pad([True] * len(r[0]), t, False) for r in rows])
    batch["first"] = torch.tensor([pad(r[2], n) for r in rows])
    batch["token_mask"] = torch.tensor([pad([True] * len(r[2]), n, False) for r in rows])
    for name in ("tags", "known", "cue_of", "source_of"):
        batch[name] = torch.tensor([[pad(of_level(doc, a, b, level, name), n, EMPTY[name]) for level in range(LEVELS)] for doc, a, b in items])
    for name in ("recipients", "kinds"):
        of = lambda doc, a, b: (getattr(doc, name) or [-1] * len(doc.rows))[a:b]
        batch[name] = torch.tensor([pad(of(*item), n, -1) for item in items])
    batch["cues"] = [(k, *cue) for k, (doc, a, b) in enumerate(items) for cue in cues_of(doc, a, b)]
    if items[0][0].soft is not None:
        batch["soft"] = torch.tensor(np.stack([np.pad(doc.soft[a:b], ((0, n - b + a), (0, 0))) for doc, a, b in items]))
    return batch


def cues_of(doc, a, b):
    """The cues of a window whose act somebody gave: (first token, last + 1, act, negated, column of the recipient or -1)."""
    inside = lambda j: 1 + j - a if a <= j < b else (0 if j == -1 else -1)
    return [(i - a, j - a, act, negated, inside(doc.recipient_of[i])) for (i, j), (act, negated) in doc.acts.items() if a <= i and j <= b]


EMPTY = {"tags": 0, "known": False, "cue_of": -1, "source_of": -1}


def of_level(doc, a, b, level, name):
    """What one level says of the tokens of a window. Links: column 0 is [CLS], -1 where there is nothing to learn (no part
    starts here, or its partner is in another window)."""
    of = getattr(doc.levels[level], name)
    if isinstance(of, list):
        return of[a:b]
    inside = lambda j: 1 + j - a if a <= j < b else (0 if j == -1 else -1)
    return [inside(of[i]) if i in of else -1 for i in range(a, b)]


def crf_loss(scores, tags, mask, transitions, begin):
    """Negative log-likelihood of the tags under a linear chain (Lafferty et al. 2001), summed over the tokens."""
    alpha = begin + scores[:, 0]
    gold = alpha.gather(1, tags[:, :1])[:, 0]
    for i in range(1, scores.shape[1]):
        step = torch.logsumexp(alpha[:, :, None] + transitions, 1) + scores[:, i]
        on = mask[:, i, None]
        alpha = torch.where(on, step, alpha)
        move = transitions[tags[:, i - 1], tags[:, i]] + scores[:, i].gather(1, tags[:, i:i + 1])[:, 0]
        gold = gold + torch.where(on[:, 0], move, torch.zeros_like(move))
    return (torch.logsumexp(alpha, 1) - gold).sum()


def only_within(scores, known):
    """The scores with nothing but O outside the tokens that a deeper level is about."""
    return torch.where(known[..., None], scores, scores.new_tensor([0.0] + [-1e4] * (len(TAGS) - 1)))


def loss(net, told, batch):
    """Tags of all levels and links together, from what the network told of a batch; a mean over the tokens."""
    tags, to_cue, to_source, states, recipients, to_recipient, kinds = told
    on, known = batch["token_mask"], batch["known"]
    total = 0.0
    for level in range(LEVELS):
        # A window counts for a level if somebody looked for attributions there.
        looked = known[:, level].any(1)
        if not looked.any():
            continue
        here, scores, gold = known[looked, level], tags[looked, :, level], batch["tags"][looked, level]
        chain = crf_loss(only_within(scores, here), gold, on[looked], net.transitions[level], net.begin[level]) / on.sum()
        # The chain learns sequences, the plain loss keeps each token's own scores meaningful.
        plain = F.cross_entropy(scores[here], gold[here], reduction="sum") / on.sum()
        total = total + chain + 0.5 * plain
    if "soft" in batch:
        total = total - (batch["soft"] * tags[:, :, 0].log_softmax(-1)).sum(-1)[on].mean()
    for links, gold in ((to_cue, batch["cue_of"]), (to_source, batch["source_of"])):
        for level in range(LEVELS):
            some = gold[:, level] >= 0
            if some.any():
                total = total + 0.1 * F.cross_entropy(links[some], gold[:, level][some])
    for scores, gold, weight in ((recipients, batch["recipients"], 1.0), (kinds, batch["kinds"], 0.3)):
        looked = gold >= 0
        if looked.any():
            total = total + weight * F.cross_entropy(scores[looked], gold[looked])
    if batch["cues"]:
        cues = torch.stack([states[k, a:b].mean(0) for k, a, b, *_ in batch["cues"]])
        act, negated, column = (torch.tensor(x) for x in list(zip(*batch["cues"]))[3:])
        scores = net.act(F.dropout(cues, 0.1, net.training))
        total = total + 0.1 * F.cross_entropy(scores[:, :-1], act) + 0.1 * F.binary_cross_entropy_with_logits(scores[:, -1], negated.float())
        within = column >= 0
        rows = torch.stack([to_recipient[k, a] for k, a, *_ in batch["cues"]])
        if within.any():
            total = total + 0.1 * F.cross_entropy(rows[within], column[within])
    return total


@torch.no_grad()
def opinion(teacher, batch):
    """What a teacher says of a batch, as `likeness` compares it: tag and link probabilities, hidden states; in half precision."""
    tags, to_cue, to_source, states, *_ = teacher(batch, 0.0)
    return [x.half() for x in (tags.softmax(-1), to_cue.softmax(-1), to_source.softmax(-1), states)]


def likeness(told, said, batch, levels=LEVELS):
    """How far the network is from its teacher (Hinton et al. 2015): tags of the first `levels`, links of what the teacher takes for the
    start of a part, and hidden states. A mean over the tokens."""
    wanted, to_cue, to_source, states = (x.float() for x in said)
    on = batch["token_mask"]
    # What the teacher says of a deeper level means something only within a content.
    within = wanted[:, :, :-1, CONTENT:].sum(-1)
    weight = torch.cat([torch.ones_like(within[:, :, :1]), within], 2) * on[:, :, None]
    weight[:, :, levels:] = 0
    total = -((wanted * told[0].log_softmax(-1)).sum(-1) * weight).sum() / on.sum()
    begins = wanted[:, :, :levels, 1::2].sum(2)  # [batch, tokens, roles]
    for mine, its, role in ((told[1], to_cue, ROLES.index("content")), (told[2], to_source, ROLES.index("cue"))):
        apart = -(its * mine.log_softmax(-1).clamp(min=-50)).sum(-1)
        total = total + (apart * begins[:, :, role] * on).sum() / on.sum()
    return total + F.mse_loss(told[3][on], states[on])
