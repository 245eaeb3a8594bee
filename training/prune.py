"""Makes a smaller network of a trained one: fewer layers, heads and inner neurons, those that matter most on real windows."""
import torch

from network import Network


@torch.no_grad()
def pruned(net, batches, layers=None, heads=None, ffn=None, near=0):
    """The network with these layers (indices), and in each the `heads` and the `ffn` inner neurons that add most to its output; a layer
    of the new one looks at pieces `near` places away, with weights of 0 at first."""
    config = dict(net.config)
    kept = list(range(config["layers"])) if layers is None else layers
    heads, ffn = heads or config["heads"], ffn or config["ffn"]
    weight_of_head, weight_of_neuron = importance(net, batches)
    config.update(layers=len(kept), heads=heads, ffn=ffn, near=near)
    small = Network(config)
    state = small.state_dict()
    state.update((k, v) for k, v in net.state_dict().items() if not k.startswith("layers."))
    for to, of in enumerate(kept):
        layer = net.layers[of].state_dict()
        best = weight_of_head[of].topk(heads).indices.sort().values
        rows = (best[:, None] * config["head_width"] + torch.arange(config["head_width"])).flatten()
        all_rows = torch.cat([rows + part * layer["out.weight"].shape[1] for part in range(3)])
        neurons = weight_of_neuron[of].topk(ffn).indices.sort().values
        layer.update({"qkv.weight": layer["qkv.weight"][all_rows], "qkv.bias": layer["qkv.bias"][all_rows],
                      "out.weight": layer["out.weight"][:, rows], "up.weight": layer["up.weight"][neurons],
                      "up.bias": layer["up.bias"][neurons], "down.weight": layer["down.weight"][:, neurons]})
        state.update({f"layers.{to}.{k}": v for k, v in layer.items()})
    small.load_state_dict(state)
    return small


def importance(net, batches):
    """For each layer, how much each head and each inner neuron adds to its output: mean size of its input times its weights."""
    sums = {}

    def watch(name, module, width):
        weights = module.weight.unflatten(1, (-1, width)).float()  # [outputs, groups, width]

        def hook(_, inputs):
            x = inputs[0].float().flatten(0, -2).unflatten(1, (-1, width))
            if width == 1:  # a neuron adds its value times one column
                size = x[..., 0].abs().mean(0) * weights[..., 0].norm(dim=0)
            else:
                size = torch.einsum("ngw,ogw->gno", x, weights).norm(dim=-1).mean(-1)
            sums[name] = sums.get(name, 0) + size
        return module.register_forward_pre_hook(hook)

    hooks = []
    for i, layer in enumerate(net.layers):
        hooks += [watch(("head", i), layer.out, net.config["head_width"]), watch(("neuron", i), layer.down, 1)]
    net.eval()
    for batch in batches:
        net(batch, 0.0)
    net.train()
    for hook in hooks:
        hook.remove()
    count = range(net.config["layers"])
    return [sums["head", i] for i in count], [sums["neuron", i] for i in count]
