"""Times training steps in Python torch: a peer for `segue bench training`.

    ./segue bench training --peer "python3 standalone/bench/training.py"

The command hands over a job, a JSON file that names the shapes and a safetensors file with weights and a batch. This
does the same steps with torch.nn and autograd, the way one writes them in Python, and prints the losses of the first
ones, so that the command can see that both do the same, and the seconds of the others.
Needs torch 1.13 or newer and numpy, nothing else. Debian's python3-torch multiplies matrices with whatever libblas the
machine has: install libopenblas0-pthread too, or it is several times slower than torch is elsewhere. The rate is in
the answer, so that it can be told.
"""

import argparse
import functools
import json
import math
import struct
import time

import numpy
import torch
from torch import nn
from torch.nn import functional

OWN_BLOCK, COLUMN, PREVIOUS_BLOCK, CROSS = 1, 2, 3, 6
TYPES = {"F32": "<f4", "I64": "<i8"}


# ---- convolutions: the VQ-VAE, and what conditions an upsampler ------------------------------------------------------


class ResidualBlock(nn.Module):
    def __init__(self, width, hidden, dilation, scale):
        super().__init__()
        self.scale = scale
        self.model = nn.Sequential(
            nn.ReLU(),
            nn.Conv1d(width, hidden, 3, padding=dilation, dilation=dilation),
            nn.ReLU(inplace=True),
            nn.Conv1d(hidden, width, 1),
        )

    def forward(self, x):
        return torch.add(x, self.model(x), alpha=self.scale)


class ResidualStack(nn.Module):
    def __init__(self, width, hidden, dilations, scale=1.0):
        super().__init__()
        self.model = nn.Sequential(*(ResidualBlock(width, hidden, dilation, scale) for dilation in dilations))

    def forward(self, x):
        return self.model(x)


class EncoderBlock(nn.Module):
    """[batch, inputs, time] -> [batch, outputs, time / stride ** downs]"""

    def __init__(self, inputs, width, outputs, downs, stride, hidden, dilations):
        super().__init__()
        self.model = nn.Sequential(
            *(
                nn.Sequential(
                    nn.Conv1d(width if i else inputs, width, 2 * stride, stride, stride // 2),
                    ResidualStack(width, hidden, dilations),
                )
                for i in range(downs)
            ),
            nn.Conv1d(width, outputs, 3, padding=1),
        )

    def forward(self, x):
        return self.model(x)


class DecoderBlock(nn.Module):
    """[batch, inputs, time] -> [batch, outputs, time * stride ** downs]"""

    def __init__(self, inputs, width, outputs, downs, stride, hidden, dilations, scale=1.0):
        super().__init__()
        self.model = nn.Sequential(
            nn.Conv1d(inputs, width, 3, padding=1),
            *(
                nn.Sequential(
                    ResidualStack(width, hidden, dilations, scale),
                    nn.ConvTranspose1d(
                        width, width if i + 1 < downs else outputs, 2 * stride, stride, stride // 2),
                )
                for i in range(downs)
            ),
        )

    def forward(self, x):
        return self.model(x)


def dilations(depth, growth, cycle):
    return [growth ** (i % (cycle or depth)) for i in range(depth)]


class Encoder(nn.Module):
    def __init__(self, shape, level):
        super().__init__()
        width = shape["width"] * shape["multipliers"][level]
        grown = dilations(shape["depth"] * shape["multipliers"][level], shape["dilationGrowth"], shape["dilationCycle"])
        self.level_blocks = nn.ModuleList(
            EncoderBlock(
                shape["embeddingWidth"] if block else 1, width, shape["embeddingWidth"], shape["downs"][block],
                shape["strides"][block], int(shape["convolutionRatio"] * width), grown)
            for block in range(level + 1)
        )

    def forward(self, sound):  # [batch, time] -> [batch, embedding, time / hop]
        x = sound.unsqueeze(1)
        for block in self.level_blocks:
            x = block(x)
        return x


class Decoder(nn.Module):
    def __init__(self, shape, level):
        super().__init__()
        width = shape["width"] * shape["multipliers"][level]
        grown = dilations(shape["depth"] * shape["multipliers"][level], shape["dilationGrowth"], shape["dilationCycle"])
        if shape["reverseDecoderDilation"]:
            grown = grown[::-1]
        self.level_blocks = nn.ModuleList(
            DecoderBlock(
                shape["embeddingWidth"], width, shape["embeddingWidth"], shape["downs"][block],
                shape["strides"][block], int(shape["convolutionRatio"] * width), grown)
            for block in range(level + 1)
        )
        self.out = nn.Conv1d(shape["embeddingWidth"], 1, 3, padding=1)

    def forward(self, x):  # [batch, embedding, codes] -> [batch, time]
        for block in reversed(self.level_blocks):
            x = block(x)
        return self.out(x).squeeze(1)


class Codebook(nn.Module):
    """Entries that follow the latents, specification 2.5."""

    def __init__(self, entries, width, decay, threshold):
        super().__init__()
        self.decay = decay
        self.threshold = threshold
        self.register_buffer("k", torch.zeros(entries, width))
        self.register_buffer("k_sum", torch.zeros(entries, width), persistent=False)
        self.register_buffer("k_elem", torch.ones(entries), persistent=False)

    def begin(self):
        self.k_sum.copy_(self.k)

    @torch.no_grad()
    def nearest(self, rows):  # [rows, width] -> [rows]
        distances = (rows ** 2).sum(1, keepdim=True) - 2 * rows @ self.k.t() + (self.k ** 2).sum(1)
        return distances.argmin(1)

    @torch.no_grad()
    def learn(self, rows, codes, restarts):
        sums = torch.zeros_like(self.k_sum).index_add_(0, codes, rows)
        self.k_sum.lerp_(sums, 1 - self.decay)
        counts = torch.bincount(codes, minlength=len(self.k)).to(self.k)
        self.k_elem.lerp_(counts, 1 - self.decay)
        used = (self.k_elem >= self.threshold).unsqueeze(1)
        candidates = self.candidates(rows) if restarts is None else rows[restarts[0] % len(rows)] + restarts[1]
        self.k.copy_(torch.where(used, self.k_sum / self.k_elem.unsqueeze(1), candidates))

    def candidates(self, rows):
        entries, width = self.k.shape
        if len(rows) < entries:
            rows = rows.repeat(-(-entries // len(rows)), 1)
            rows = rows + torch.randn_like(rows) * (0.01 / math.sqrt(width))
        return rows[torch.randperm(len(rows), device=rows.device)[:entries]]


class Bottleneck(nn.Module):
    def __init__(self, shape, learning):
        super().__init__()
        self.level_blocks = nn.ModuleList(
            Codebook(shape["codes"], shape["embeddingWidth"], learning["decay"], learning["threshold"])
            for _ in shape["downs"]
        )


class VqVae(nn.Module):
    def __init__(self, job):
        super().__init__()
        shape = job["shape"]
        levels = range(len(shape["downs"]))
        self.job_loss = job["loss"]
        self.encoders = nn.ModuleList(Encoder(shape, level) for level in levels)
        self.decoders = nn.ModuleList(Decoder(shape, level) for level in levels)
        self.bottleneck = Bottleneck(shape, job["codebook"])

    def begin(self):
        for codebook in self.bottleneck.level_blocks:
            codebook.begin()

    def forward(self, batch, step):
        return sum(self.level_loss(level, batch, step) for level in range(len(self.encoders)))

    def level_loss(self, level, batch, step):
        sound = batch["sound"]
        codebook = self.bottleneck.level_blocks[level]
        latents = self.encoders[level](sound)
        rows = latents.detach().transpose(1, 2).reshape(-1, latents.size(1))
        codes = codebook.nearest(rows)
        quantised = functional.embedding(codes.view(len(sound), -1), codebook.k).transpose(1, 2)
        codebook.learn(rows, codes, restarts_of(batch, level, step))
        decoded = self.decoders[level](latents + (quantised - latents).detach())
        return self.distance(sound, decoded) + self.job_loss["commit"] * functional.mse_loss(latents, quantised)

    def distance(self, target, y):
        weights = self.job_loss
        bandwidths = weights["bandwidths"]
        loss = 0
        if weights["l1"]:
            loss = loss + weights["l1"] * functional.l1_loss(y, target) / bandwidths["l1"]
        if weights["l2"]:
            loss = loss + weights["l2"] * functional.mse_loss(y, target) / bandwidths["l2"]
        if weights["linf"]:
            largest = ((y - target) ** 2).topk(min(weights["linfK"], target.size(1)), 1, sorted=False).values
            loss = loss + weights["linf"] * largest.mean() / bandwidths["l2"]
        if weights["spectral"]:
            loss = loss + weights["spectral"] * spectral(target, y, **weights["resolution"]) / bandwidths["spectral"]
        if weights["multispectral"]:
            distances = [spectral(target, y, **resolution) for resolution in weights["resolutions"]]
            loss = loss + weights["multispectral"] * sum(distances) / len(distances) / bandwidths["spectral"]
        return loss


def restarts_of(batch, level, step):
    picks = batch.get(f"restarts.{level}.{step}.picks")
    return None if picks is None else (picks, batch[f"restarts.{level}.{step}.noise"])


def spectral(target, y, nFft, hop, window):
    difference = magnitudes(target, nFft, hop, window) - magnitudes(y, nFft, hop, window)
    return torch.linalg.vector_norm(difference, dim=(1, 2)).mean()


def magnitudes(sound, n_fft, hop, window):
    hann = torch.hann_window(window, device=sound.device)
    return torch.stft(sound, n_fft, hop, window, hann, return_complex=True).abs()


# ---- transformers: priors --------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=None)
def later(length, device):
    return torch.ones(length, length, dtype=torch.bool, device=device).triu(1)


def attend(q, k, v, causal):
    """[N, T, H, D] each, of k and v as many positions as there are -> [N, T, H, D]"""
    q, k, v = (x.transpose(1, 2) for x in (q, k, v))
    if hasattr(functional, "scaled_dot_product_attention"):
        return functional.scaled_dot_product_attention(q, k, v, is_causal=causal).transpose(1, 2)
    scores = (q / math.sqrt(q.size(-1))) @ k.transpose(-1, -2)
    if causal:
        scores = scores.masked_fill(later(q.size(2), q.device), -1e9)
    return (scores.softmax(-1) @ v).transpose(1, 2)


class Attention(nn.Module):
    def __init__(self, shape, pattern, context):
        super().__init__()
        width = shape["width"]
        self.inner = int(shape["attentionRatio"] * width)
        self.heads = shape["heads"]
        self.pattern = pattern
        self.block = context // shape["blocks"]
        self.c_attn = nn.Linear(width, self.inner if pattern == CROSS else 3 * self.inner)
        if pattern == CROSS:
            self.c_enc_kv = nn.Linear(width, 2 * self.inner)
        self.c_proj = nn.Linear(self.inner, width)

    def forward(self, x, memory):  # [N, T, W] -> [N, T, W]
        if self.pattern == CROSS:
            q, (k, v) = self.c_attn(x), self.c_enc_kv(memory).chunk(2, 2)
        else:
            q, k, v = self.c_attn(x).chunk(3, 2)
        q, k, v = (part.reshape(*part.shape[:2], self.heads, -1) for part in (q, k, v))
        return self.c_proj(self.pay(q, k, v).reshape(*x.shape[:2], self.inner))

    def pay(self, q, k, v):
        n, length, heads, width = q.shape
        blocked = (n, length // self.block, self.block, heads, width)
        if self.pattern == OWN_BLOCK:
            return attend(*(x.reshape(-1, self.block, heads, width) for x in (q, k, v)), True)
        if self.pattern == COLUMN:
            columns = (x.view(blocked).transpose(1, 2).reshape(-1, blocked[1], heads, width) for x in (q, k, v))
            return attend(*columns, True).view(n, self.block, blocked[1], heads, width).transpose(1, 2)
        if self.pattern == PREVIOUS_BLOCK:
            q = q[:, self.block:].reshape(-1, self.block, heads, width)
            k, v = (x[:, :-self.block].reshape(-1, self.block, heads, width) for x in (k, v))
            seen = attend(q, k, v, False).reshape(n, length - self.block, heads, width)
            return functional.pad(seen, (0, 0, 0, 0, self.block, 0))
        return attend(q, k, v, self.pattern != CROSS)


class QuickGelu(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(1.702 * x)


class Mlp(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.c_fc = nn.Linear(width, hidden)
        self.activation = QuickGelu()
        self.c_proj = nn.Linear(hidden, width)

    def forward(self, x):
        return self.c_proj(self.activation(self.c_fc(x)))


class Layer(nn.Module):
    def __init__(self, shape, pattern, context):
        super().__init__()
        self.attn = Attention(shape, pattern, context)
        self.ln_0 = nn.LayerNorm(shape["width"])
        self.mlp = Mlp(shape["width"], int(shape["mlpRatio"] * shape["width"]))
        self.ln_1 = nn.LayerNorm(shape["width"])

    def forward(self, x, memory):
        x = x + self.attn(self.ln_0(x), memory)
        return x + self.mlp(self.ln_1(x))


class Stack(nn.Module):
    """Symbols and a condition -> what comes out of the last layer, each position having seen those before it."""

    def __init__(self, shape, patterns, symbols, context, started):
        super().__init__()
        self.x_emb = nn.Embedding(symbols, shape["width"])
        self.positions = nn.Parameter(torch.zeros(context, shape["width"]))
        if not started:
            self.start_token = nn.Parameter(torch.zeros(1, shape["width"]))
        self.layers = nn.ModuleList(Layer(shape, pattern, context) for pattern in patterns)

    def forward(self, symbols, start=None, condition=None, memory=None):
        if start is None:
            start = self.start_token.expand(len(symbols), 1, -1)
        x = torch.cat([start, self.x_emb(symbols[:, :-1])], 1) + self.positions
        if condition is not None:
            x = x + condition
        for layer in self.layers:
            x = layer(x, memory)
        return x


class Conditioner(nn.Module):
    """Codes of the level above -> one vector per code."""

    def __init__(self, shape, codes, width):
        super().__init__()
        self.x_emb = nn.Embedding(codes, width)
        scale = 1 / math.sqrt(shape["depth"]) if shape["residualScaling"] else 1.0
        self.cond = DecoderBlock(
            width, shape["width"], width, shape["downs"], shape["stride"],
            int(shape["convolutionRatio"] * shape["width"]),
            dilations(shape["depth"], shape["dilationGrowth"], shape["dilationCycle"]), scale)
        self.ln = nn.LayerNorm(width)

    def forward(self, codes):
        return self.ln(self.cond(self.x_emb(codes).transpose(1, 2)).transpose(1, 2))


class Labels(nn.Module):
    def __init__(self, labels, timing, width):
        super().__init__()
        self.bow_genre_emb = nn.Embedding(labels["genres"], width)
        self.artist_emb = nn.Embedding(labels["artists"], width)
        if timing:
            self.total_length_emb = nn.Embedding(timing["bins"], width)
            self.absolute_pos_emb = nn.Embedding(timing["bins"], width)
            self.relative_pos_emb = nn.Embedding(timing["bins"], width)

    def start(self, artists, genres):
        words = self.bow_genre_emb(genres.clamp_min(0)) * (genres >= 0).unsqueeze(2)
        return (self.artist_emb(artists) + words.sum(1)).unsqueeze(1)

    def timing(self, total, absolute, relative):
        return self.absolute_pos_emb(absolute) + self.relative_pos_emb(relative) + self.total_length_emb(total)


class Prior(nn.Module):
    def __init__(self, job):
        super().__init__()
        shape = job["shape"]
        width = shape["decoder"]["width"]
        lyrics = shape["lyrics"]
        patterns = job["patterns"]
        if lyrics and not lyrics["encoder"]:
            raise ValueError("a prior whose lyrics are a prefix of the codes is not written here")
        self.labelled = bool(shape["labels"])
        self.timed = bool(shape["timing"])
        self.merged = shape["mergedDecoder"]
        self.lyric_weight = lyrics["tokens"] * lyrics["lossFraction"] if lyrics else 0
        self.symbols = shape["context"] + (lyrics["tokens"] if lyrics else 0)
        if shape["conditioner"]:
            self.conditioner_blocks = nn.ModuleList([Conditioner(shape["conditioner"], shape["codes"], width)])
        if self.labelled:
            self.y_emb = Labels(shape["labels"], shape["timing"], width)
        if lyrics:
            self.prime_prior = Stack(
                lyrics["encoder"], patterns["encoder"], lyrics["vocabulary"], lyrics["tokens"], False)
            self.prime_state_proj = nn.Linear(lyrics["encoder"]["width"], width)
            self.prime_state_ln = nn.LayerNorm(width)
            self.prime_x_out = nn.Linear(width, lyrics["vocabulary"], bias=False)
        self.prior = Stack(shape["decoder"], patterns["decoder"], shape["codes"], shape["context"], self.labelled)
        if self.merged:
            self.prior.x_out = nn.Linear(width, shape["codes"], bias=False)

    def begin(self):
        pass

    def forward(self, batch, step):
        codes = batch["codes"]
        start = self.y_emb.start(batch["artists"], batch["genres"]) if self.labelled else None
        condition = memory = None
        if "above" in batch:
            condition = self.conditioner_blocks[0](batch["above"])
        elif self.timed:
            condition = self.y_emb.timing(batch["total"], batch["absolute"], batch["relative"])
        if "lyrics" in batch:
            memory = self.prime_state_ln(self.prime_state_proj(self.prime_prior(batch["lyrics"])))
        h = self.prior(codes, start, condition, memory)
        if self.merged:
            logits = self.prior.x_out(h)
        else:
            logits = functional.linear(h if condition is None else h + condition, self.prior.x_emb.weight)
        loss = bits(logits, codes) * codes.size(1)
        if memory is not None:
            loss = loss + bits(self.prime_x_out(memory), batch["lyrics"]) * self.lyric_weight
        return loss / self.symbols


def bits(logits, symbols):
    return functional.cross_entropy(logits.flatten(0, 1), symbols.flatten()) / math.log(2)


# ---- steps -----------------------------------------------------------------------------------------------------------


class Adam:
    """The specification's, 11.2, which differs from torch.optim.AdamW in where epsilon and the decay come in."""

    def __init__(self, parameters, rate, beta1, beta2, epsilon, decay):
        self.parameters = parameters
        self.rate, self.beta1, self.beta2, self.epsilon, self.decay = rate, beta1, beta2, epsilon, decay
        self.first = [torch.zeros_like(parameter) for parameter in parameters]
        self.second = [torch.zeros_like(parameter) for parameter in parameters]
        self.steps = 0

    @torch.no_grad()
    def step(self):
        self.steps += 1
        gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in self.parameters]
        torch._foreach_mul_(self.first, self.beta1)
        torch._foreach_add_(self.first, gradients, alpha=1 - self.beta1)
        torch._foreach_mul_(self.second, self.beta2)
        torch._foreach_addcmul_(self.second, gradients, gradients, 1 - self.beta2)
        roots = torch._foreach_sqrt(self.second)
        torch._foreach_add_(roots, self.epsilon)
        rate = self.rate * math.sqrt(1 - self.beta2 ** self.steps) / (1 - self.beta1 ** self.steps)
        if self.decay:
            torch._foreach_mul_(self.parameters, 1 - rate * self.decay)
        torch._foreach_addcdiv_(self.parameters, self.first, roots, -rate)


class Training:
    def __init__(self, job, model, batch):
        settings = job["optimiser"]
        adam = settings["adam"]
        self.model = model
        self.batch = batch
        self.clip = settings["clip"]
        self.averaging = settings["averaging"]
        self.parameters = list(model.parameters())
        self.optimiser = Adam(
            self.parameters, settings["learningRate"], adam["beta1"], adam["beta2"], adam["epsilon"],
            adam["weightDecay"])
        self.averages = [parameter.detach().clone() for parameter in self.parameters]
        self.steps = 0

    def step(self):
        self.model.zero_grad(set_to_none=True)
        loss = self.model(self.batch, self.steps)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(self.parameters, self.clip)
        self.optimiser.step()
        with torch.no_grad():
            torch._foreach_mul_(self.averages, self.averaging)
            torch._foreach_add_(self.averages, self.parameters, alpha=1 - self.averaging)
        self.steps += 1
        return loss.item(), norm.item()

    @torch.no_grad()
    def moved(self):
        squares = (((p - a).double() ** 2).sum().item() for p, a in zip(self.parameters, self.averages))
        return math.sqrt(sum(squares))


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            values = numpy.frombuffer(data[begin:end], TYPES[entry["dtype"]]).reshape(entry["shape"])
            tensors[name] = torch.from_numpy(values.copy())
    return tensors


def as_module(name, tensor):
    """A published parameter by the name and in the layout that torch.nn has it."""
    name = name.replace(".transformer._attn_mods.", ".layers.").replace(".pos_emb.pos_emb", ".positions")
    name = name.replace("_emb.emb.", "_emb.").replace(".blocks.", ".model.")
    if name.endswith(".w"):
        return name[:-1] + "weight", tensor.t()
    return (name[:-1] + "bias" if name.endswith(".b") else name), tensor


def matrix_gigaflops(device, side=1024, rounds=5):
    """What this torch multiplies at best, in float32."""
    a, b = torch.rand(2, side, side, device=device)
    best = math.inf
    for _ in range(rounds):
        start = time.perf_counter()
        (a @ b).sum().item()
        best = min(best, time.perf_counter() - start)
    return 2e-9 * side ** 3 / best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--job", required=True)
    with open(parser.parse_args().job, encoding="utf-8") as file:
        job = json.load(file)
    torch.set_num_threads(job["threads"])
    device = torch.device("cuda" if job["device"] == "gpu" else "cpu")

    model = (VqVae if job["part"] == "vqvae" else Prior)(job)
    tensors = read_safetensors(job["tensors"])
    batch = {name[len("batch."):]: tensors.pop(name).to(device) for name in list(tensors) if name.startswith("batch.")}
    model.load_state_dict(dict(as_module(name, tensor) for name, tensor in tensors.items()))
    model.to(device).begin()

    training = Training(job, model, batch)
    compared = [training.step() for _ in range(job["compared"])]
    moved = training.moved()
    seconds = []
    for _ in range(job["steps"]):
        start = time.perf_counter()
        training.step()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({
        "losses": [loss for loss, _ in compared],
        "gradient_norms": [norm for _, norm in compared],
        "moved": moved,
        "seconds_per_step": seconds,
        "torch": torch.__version__,
        "matrix_gigaflops": matrix_gigaflops(device),
    }))


if __name__ == "__main__":
    main()
