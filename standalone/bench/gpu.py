"""Parity and speed of Segue's archives in Python's torch, for GPU machines on which its own engine cannot run.

    ./segue bench export --out FOLDER          (anywhere)
    python3 standalone/bench/gpu.py FOLDER     (on the GPU machine; needs torch and numpy)

Prints a JSON line for each shape, precision and batch: error of the logits against float32 on a CPU, codes per second,
and beside them the device's measured memory bandwidth and the fraction of it that reading the weights once a step is.
"""

import json
import re
import struct
import sys
import time

import numpy
import torch

LAYER = re.compile(r"(prior|prime_prior)\.transformer\._attn_mods\.\d+\.(.+)")
SHAPES = {"a": (128, 4, 1024), "b": (512, 12, 1024), "c": (1920, 4, 8192)}
CODES, LENGTH, BURST = 2048, 256, 64


def weights(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            values = numpy.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"])
            yield name, torch.from_numpy(values.copy())


def load(folder, shape, precision, device):
    module = torch.jit.load(f"{folder}/{shape}-{precision}.pt", map_location=device)
    for name, value in weights(f"{folder}/{shape}.safetensors"):
        layer = LAYER.fullmatch(name)
        if layer is None:
            module.put(name, value.to(device), False)
        elif layer.group(1) == "prior":
            module.put_decoder(layer.group(2), value.to(device), False)
        else:
            module.put_lyric_encoder(layer.group(2), value.to(device), False)
    return module


def wait(device):
    if device.type == "cuda":
        torch.cuda.synchronize()


def seconds(device, action):
    wait(device)
    start = time.perf_counter()
    action()
    wait(device)
    return time.perf_counter() - start


def median(values):
    return sorted(values)[len(values) // 2]


def parity_error(folder, shape, module, device):
    width, _, context = SHAPES[shape]
    symbols = (torch.arange(LENGTH, device=device) * 7 % CODES).unsqueeze(0)
    condition = torch.zeros(1, context, width, device=device)
    logits = module.logits(symbols, module.start_unlabelled(1), condition, module.no_memory(1))
    expected = numpy.fromfile(f"{folder}/{shape}-logits.f32", dtype="<f4")
    error = numpy.abs(logits.float().cpu().numpy().ravel() - expected).max()
    return float(error / max(1, numpy.abs(expected).max()))


def step_seconds(shape, module, batch, device):
    width, _, context = SHAPES[shape]
    module.allocate(batch)
    nothing = torch.zeros(1, 0, dtype=torch.int64, device=device)
    for slot in range(batch):
        condition = torch.zeros(1, context, width, device=device)
        module.join(slot, nothing, module.start_unlabelled(1), condition, module.no_memory(1))
    ones = torch.ones(batch, 1, 1, device=device)

    def burst(number):
        positions = torch.full((batch,), number * BURST, device=device)
        uniform = torch.rand(BURST, batch, device=device)
        module.sample(positions, uniform, 0.99 * ones, False, (CODES * ones).long(), 2 * ones)

    burst(0)
    return median([seconds(device, lambda: burst(n)) / BURST for n in range(1, 8)])


def bandwidth(device):
    block = torch.ones(1 << (30 if device.type == "cuda" else 27), device=device)
    return 4 * block.numel() / median([seconds(device, block.sum) for _ in range(8)])


def main():
    folder = sys.argv[1]
    device = torch.device(sys.argv[2] if len(sys.argv) > 2 else "cuda")
    torch.set_grad_enabled(False)
    torch._C._set_graph_executor_optimize(False)
    torch.backends.cuda.matmul.allow_tf32 = False
    rate = bandwidth(device)
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu"
    for shape, (width, depth, _) in SHAPES.items():
        for precision in ("FLOAT32", "FLOAT16", "BFLOAT16") if device.type == "cuda" else ("FLOAT32", "BFLOAT16"):
            error = parity_error(folder, shape, load(folder, shape, precision, device), device)
            for batch in (1, 8, 32):
                step = step_seconds(shape, load(folder, shape, precision, device), batch, device)
                read = (depth * 3 * width * width) * (4 if precision == "FLOAT32" else 2) + 4 * CODES * width
                print(json.dumps({
                    "bench": "archive", "torch": torch.__version__, "device": name, "shape": shape,
                    "precision": precision, "batch": batch, "parity_error": float(f"{error:.3g}"),
                    "codes_per_second": float(f"{batch / step:.4g}"),
                    "step_microseconds": float(f"{step * 1e6:.4g}"),
                    "memory_gigabytes_per_second": float(f"{rate / 1e9:.4g}"),
                    "fraction_of_memory_limit": float(f"{read / rate / step:.3g}")}), flush=True)


if __name__ == "__main__":
    main()
