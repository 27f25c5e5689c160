# One level of the VQ-VAE (specification 2.3 to 2.6). Needs convolutions.py.
#
# Blocks run from 0, the finest, to the level's own; downs and strides have one entry for each of them.


# How many weights an encoder or decoder block takes.
def block_weights(downs: int, dilations: List[int]) -> int:
    return 2 + downs * (2 + 4 * len(dilations))


# sound: [batch, time] -> the output of each block, [batch, embedding, time / hop]; the last one is the latents
def encode_blocks(
    sound: Tensor, weights: List[Tensor], downs: List[int], strides: List[int], dilations: List[int]
) -> List[Tensor]:
    x = sound.unsqueeze(1)  # [batch, 1, time]
    outputs = annotate(List[Tensor], [])
    at = 0
    for b in range(len(downs)):
        x = __torch__.encoder_block(x, weights, at, downs[b], strides[b], dilations)
        at = at + __torch__.block_weights(downs[b], dilations)
        outputs = torch.append(outputs, x)
    return outputs


# latents: [batch, embedding, codes] -> the output of each block in the order of execution, from the level's own to 0
def decode_blocks(
    latents: Tensor, weights: List[Tensor], downs: List[int], strides: List[int], dilations: List[int]
) -> List[Tensor]:
    x = latents
    outputs = annotate(List[Tensor], [])
    at = len(weights) - 2  # where `out` begins; blocks are stored from 0
    for i in range(len(downs)):
        b = len(downs) - 1 - i
        at = at - __torch__.block_weights(downs[b], dilations)
        x = __torch__.decoder_block(x, weights, at, downs[b], strides[b], dilations, 1.0)
        outputs = torch.append(outputs, x)
    return outputs


# x: [batch, embedding, time], the output of block 0 -> sound [batch, time], not clamped
def decoder_out(x: Tensor, weights: List[Tensor]) -> Tensor:
    return __torch__.convolution(x, weights, len(weights) - 2, 1, 1, 1).squeeze(1)


# latents: [batch, embedding, codes] -> one row per code, [batch * codes, embedding]
def rows(latents: Tensor) -> Tensor:
    return latents.transpose(1, 2).reshape([-1, latents.size(1)])


# Squared distance of each row to each entry, |x|^2 - 2 x.k + |k|^2.
# x: [rows, embedding], codebook: [entries, embedding] -> [rows, entries]
def squared_distances(x: Tensor, codebook: Tensor) -> Tensor:
    products = torch.matmul(x, codebook.t())
    return torch.sum(x * x, [1], True) - 2 * products + torch.sum(codebook * codebook, [1]).unsqueeze(0)


# The nearest entry of each row, the first of equally near ones. Goes by slices: one table of distances for a minute of
# level 0 would take 2.7 GB.
# x: [rows, embedding] -> [rows] int64
def nearest(x: Tensor, codebook: Tensor) -> Tensor:
    slices = annotate(List[Tensor], [])
    for part in torch.split(x, 8192):
        slices = torch.append(slices, torch.argmin(__torch__.squared_distances(part, codebook), 1))
    return torch.cat(slices)


# codes: [batch, length] -> [batch, embedding, length]
def dequantise(codes: Tensor, codebook: Tensor) -> Tensor:
    return torch.embedding(codebook, codes).transpose(1, 2)
