# Convolutions over time, shared by the VQ-VAE (specification 2.2 to 2.4) and by the upsamplers' conditioners (5.2).
#
# Sound and latents are [batch, channels, time]. Weights are one flat list in the order of the state dict, so each
# convolution is two neighbours, weight then bias; `at` is the index of a part's first weight. A part takes:
#     convolution               2
#     residual stack            4 per block
#     encoder or decoder block  2 + downs * (2 + 4 * len(dilations))
# `dilations` holds the dilation of each residual block in the order of execution. Weights may be kept in half precision;
# each is widened for as long as it is used.


# x: [batch, in, time], weight: [out, in, kernel] -> [batch, out, time / stride]
def convolution(x: Tensor, weights: List[Tensor], at: int, stride: int, padding: int, dilation: int) -> Tensor:
    weight = weights[at].to(x.dtype)
    return torch.conv1d(x, weight, weights[at + 1].to(x.dtype), [stride], [padding], [dilation], 1)


# x: [batch, in, time], weight: [in, out, 2 * stride] -> [batch, out, time * stride]
def transposed_convolution(x: Tensor, weights: List[Tensor], at: int, stride: int) -> Tensor:
    weight = weights[at].to(x.dtype)
    return torch.conv_transpose1d(x, weight, weights[at + 1].to(x.dtype), [stride], [stride // 2], [0], 1, [1])


# Resnet1D: each block adds scale * conv1(relu(conv3(relu(x)))) to its input.
# x: [batch, width, time] -> the same
def residual_stack(x: Tensor, weights: List[Tensor], at: int, dilations: List[int], scale: float) -> Tensor:
    for j in range(len(dilations)):
        d = dilations[j]
        h = __torch__.convolution(torch.relu(x), weights, at + 4 * j, 1, d, d)  # [batch, hidden, time]
        h = __torch__.convolution(torch.relu_(h), weights, at + 4 * j + 2, 1, 0, 1)  # [batch, width, time]
        x = torch.add(x, h, alpha=scale)
    return x


# x: [batch, in, time] -> [batch, embedding, time / stride ** downs]
def encoder_block(x: Tensor, weights: List[Tensor], at: int, downs: int, stride: int, dilations: List[int]) -> Tensor:
    for i in range(downs):
        x = __torch__.convolution(x, weights, at, stride, stride // 2, 1)  # [batch, width, time / stride]
        x = __torch__.residual_stack(x, weights, at + 2, dilations, 1.0)
        at = at + 2 + 4 * len(dilations)
    return __torch__.convolution(x, weights, at, 1, 1, 1)


# x: [batch, in, time] -> [batch, out, time * stride ** downs]
def decoder_block(
    x: Tensor, weights: List[Tensor], at: int, downs: int, stride: int, dilations: List[int], scale: float
) -> Tensor:
    x = __torch__.convolution(x, weights, at, 1, 1, 1)  # [batch, width, time]
    at = at + 2
    for i in range(downs):
        x = __torch__.residual_stack(x, weights, at, dilations, scale)
        at = at + 4 * len(dilations)
        x = __torch__.transposed_convolution(x, weights, at, stride)  # [batch, width or out, time * stride]
        at = at + 2
    return x


# Codes of the level above -> one vector per code of this level, before the layer norm that ends the conditioner.
# weights: x_emb.weight, then cond.model.* in the order of the state dict; scale: 1/sqrt(depth) with residual scaling
# codes: [batch, time / stride ** downs] int64 -> [batch, time, width of the prior]
def conditioner(
    codes: Tensor, weights: List[Tensor], downs: int, stride: int, dilations: List[int], scale: float
) -> Tensor:
    x = __torch__.conditioner_body(codes, weights, downs, stride, dilations, scale)
    return __torch__.transposed_convolution(x, weights, len(weights) - 2, stride).transpose(1, 2)


# The conditioner up to its last, widest convolution: -> [batch, width, time / stride]
def conditioner_body(
    codes: Tensor, weights: List[Tensor], downs: int, stride: int, dilations: List[int], scale: float
) -> Tensor:
    x = torch.embedding(weights[0], codes).to(6).transpose(1, 2)  # [batch, width of the prior, codes]
    x = __torch__.convolution(x, weights, 1, 1, 1, 1)  # [batch, width, codes]
    at = 3
    for i in range(downs):
        x = __torch__.residual_stack(x, weights, at, dilations, scale)
        at = at + 4 * len(dilations)
        if i < downs - 1:
            x = __torch__.transposed_convolution(x, weights, at, stride)
            at = at + 2
    return x


# Positions first .. first + size of what the conditioner gives, from its body; both are multiples of the stride. A
# position depends on the inputs above it and one on either side.
def conditioner_piece(body: Tensor, weights: List[Tensor], stride: int, first: int, size: int) -> Tensor:
    above = first // stride
    begin = max(above - 1, 0)
    end = min((first + size) // stride + 1, body.size(2))
    y = __torch__.transposed_convolution(body[:, :, begin:end], weights, len(weights) - 2, stride)
    skip = (above - begin) * stride
    return y[:, :, skip:skip + size].transpose(1, 2)  # [batch, size, width of the prior]
