"""Times the original's sampler with weights that `segue bench sampler` wrote: a peer for its option --peer.

    ./segue bench sampler --peer "python3 standalone/bench/original.py --reference FOLDER"

FOLDER is a checkout of the original's public repository, which has its own licence and is no part of this project.
Needs torch, numpy and tqdm (Debian: python3-torch, python3-tqdm). The original expects CUDA and a process group of its
workers; on a CPU both are stood in for here, outside of what is timed.
"""

import argparse
import json
import struct
import sys
import tempfile
import time


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("reference", "weights"):
        parser.add_argument("--" + name, required=True)
    for name in ("width", "depth", "context", "blocks", "batch", "codes", "threads"):
        parser.add_argument("--" + name, type=int, required=True)
    return parser.parse_args()


def read_safetensors(path, numpy, torch):
    with open(path, "rb") as file:
        length = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(length))
        data = numpy.fromfile(file, dtype="<f4")
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (offset // 4 for offset in entry["data_offsets"])
            tensors[name] = torch.from_numpy(data[begin:end].reshape(entry["shape"]).copy())
    return tensors


def main():
    args = arguments()
    sys.path.insert(0, args.reference)
    import numpy
    import torch

    torch.set_num_threads(args.threads)
    torch.set_grad_enabled(False)
    torch.Tensor.cuda = lambda self, *_, **__: self
    torch.cuda.LongTensor = torch.LongTensor
    torch.distributed.init_process_group(
        "gloo", init_method="file://" + tempfile.mktemp(), rank=0, world_size=1)
    from jukebox.prior.autoregressive import ConditionalAutoregressive2D

    tensors = read_safetensors(args.weights, numpy, torch)
    prior = ConditionalAutoregressive2D(
        (args.context,), tensors["prior.x_emb.weight"].shape[0], width=args.width, depth=args.depth, heads=1,
        attn_order=2, blocks=args.blocks)
    prior.load_state_dict({name[len("prior."):]: tensor for name, tensor in tensors.items()}, strict=True)
    prior.eval()

    prior.sample(args.batch, temp=0.99, sample_tokens=16)  # warm up
    start = time.perf_counter()
    prior.sample(args.batch, temp=0.99, sample_tokens=args.codes)
    seconds = time.perf_counter() - start
    print(json.dumps({"codes_per_second": args.batch * args.codes / seconds, "torch": torch.__version__}))


if __name__ == "__main__":
    main()
