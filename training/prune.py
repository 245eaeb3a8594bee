"""Makes a smaller network of a trained one: fewer layers, heads and inner neurons. Those go whose loss the others can best make up
for, and the weights of the others are fitted anew so that a layer's outputs stay as near as can be (least squares, as in the
optimal brain surgeon of Hassibi and Stork 1993, here for whole columns)."""
import torch

from network import Network

STEPS = 12  # removed in so many steps at most, each with a new fit


@torch.no_grad()
def pruned(net, batches, layers=None, heads=None, ffn=None, near=0):
    """The network with these layers (indices), and so many heads and inner neurons in each; a layer of the new one looks at pieces
    `near` places away, with weights of 0 at first."""
    config = dict(net.config)
    kept = list(range(config["layers"])) if layers is None else layers
    heads, ffn = heads or config["heads"], ffn or config["ffn"]
    seen = products(net, batches, kept)
    config.update(layers=len(kept), heads=heads, ffn=ffn, near=near)
    small = Network(config)
    state = small.state_dict()
    state.update((k, v) for k, v in net.state_dict().items() if not k.startswith("layers."))
    for to, of in enumerate(kept):
        layer = net.layers[of].state_dict()
        best, layer["out.weight"], layer["out.bias"] = fewer(net.layers[of].out, seen["out", of], config["head_width"], heads)
        rows = (best[:, None] * config["head_width"] + torch.arange(config["head_width"])).flatten()
        all_rows = torch.cat([rows + part * net.layers[of].out.in_features for part in range(3)])
        neurons, layer["down.weight"], layer["down.bias"] = fewer(net.layers[of].down, seen["down", of], 1, ffn)
        layer.update({"qkv.weight": layer["qkv.weight"][all_rows], "qkv.bias": layer["qkv.bias"][all_rows],
                      "up.weight": layer["up.weight"][neurons], "up.bias": layer["up.bias"][neurons]})
        state.update({f"layers.{to}.{k}": v for k, v in layer.items()})
    small.load_state_dict(state)
    return small


def products(net, batches, layers):
    """For the two products of each layer that will have fewer inputs: the sums of products of all pairs of inputs, with a last
    input that is always 1, over the pieces of real windows."""
    seen, here = {}, {}

    def watch(name):
        def hook(_, inputs):
            x = inputs[0].float()[here["mask"]]
            x = torch.cat([x, torch.ones(len(x), 1)], 1)
            with torch.autocast("cpu", enabled=False):
                seen[name] = seen.get(name, 0) + x.T @ x
        return hook

    hooks = []
    for i in layers:
        hooks += [net.layers[i].out.register_forward_pre_hook(watch(("out", i))),
                  net.layers[i].down.register_forward_pre_hook(watch(("down", i)))]
    net.eval()
    for batch in batches:
        here["mask"] = batch["mask"]
        net(batch, 0.0)
    net.train()
    for hook in hooks:
        hook.remove()
    return seen


def fewer(linear, gram, width, keep):
    """Which groups of `width` inputs to keep, and the weights and the bias that go with them."""
    full = torch.cat([linear.weight, linear.bias[:, None]], 1).double()
    gram = gram.double()
    gram.diagonal().add_(1e-4 * gram.diagonal().mean())
    wanted = full @ gram
    groups = torch.arange(linear.in_features // width)
    excess = max(len(groups) - keep, 0)
    columns = lambda: torch.cat([(groups[:, None] * width + torch.arange(width)).flatten(), torch.tensor([linear.in_features])])
    steps = min(STEPS, excess)
    for step in range(steps):
        at = columns()
        inverse = torch.linalg.inv(gram[at][:, at])
        weight = (wanted[:, at] @ inverse)[:, :-1].unflatten(1, (-1, width))
        blocks = torch.stack([inverse[i:i + width, i:i + width] for i in range(0, len(at) - 1, width)])
        cost = torch.einsum("ogv,gvw,ogw->g", weight, torch.linalg.inv(blocks), weight)
        gone = excess * (step + 1) // steps - excess * step // steps
        groups = groups[cost.topk(len(groups) - gone).indices.sort().values]
    at = columns()
    fitted = (wanted[:, at] @ torch.linalg.inv(gram[at][:, at])).float()
    return groups, fitted[:, :-1].contiguous(), fitted[:, -1].contiguous()
