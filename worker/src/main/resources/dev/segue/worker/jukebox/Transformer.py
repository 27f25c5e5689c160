# A stack of transformer blocks with factored attention: specification, section 4.
#
# Letters in shape comments
#   N batch · T positions of a pass · W width · A attention width · H heads · D = A / H
#   L context of the stack · B blocks of it · C = L / B block length · M positions of the memory
#   S slots · R rows of a cache
#
# A stack works in two ways that compute the same: whole passes over [N, T, W], and steps over [S, 1, W] in which every
# slot stands at a position of its own and reads what it wrote before from caches. Steps have one static shape. Every
# operation of a step treats its rows apart from each other, so that what a slot computes does not depend, to the bit,
# on how many other slots there are or on what they hold. Both ways stand in one class because they share every weight
# and must agree on every pattern.
class Transformer(Module):
    __parameters__ = []
    __buffers__ = []
    width : int
    attention : int
    heads : int
    context : int
    blocks : int
    prefix : int             # positions that lyric-prefix layers may attend to, P'
    memory : int             # positions that cross layers may attend to, M
    patterns : List[int]     # of each layer, by the numbers of section 4.2
    present : List[int]      # those patterns, each once
    kinds : List[int]        # of each layer, where among those present its pattern is
    scale : float            # of scores, 1 / sqrt(D)
    sampling : bool          # weights are prepared for steps; otherwise they are kept as published
    linear_type : int        # what linear maps compute in ...
    attention_type : int     # ... what queries, keys and values are multiplied in ...
    cache_type : int         # ... what keys and values are kept in ...
    residual_type : int      # ... what runs from block to block, ...
    output_type : int        # ... and what the output matrix is multiplied in, as torch's numbers of the types
    packed_half : bool       # linear maps are kept packed in float16 and multiplied in float32: section "linear maps"
    rowwise : int            # linear maps of at most so many weights are kept plain
    slots : int

    # Parameters, one entry a layer.
    ln0_w : List[Tensor]     # [W]
    ln0_b : List[Tensor]
    attn_w : List[Tensor]    # [W, 3A]; queries alone in cross layers, [W, A]
    attn_b : List[Tensor]
    memory_w : List[Tensor]  # [W, 2A], an entry a cross layer
    memory_b : List[Tensor]
    proj_w : List[Tensor]    # [A, W]
    proj_b : List[Tensor]
    ln1_w : List[Tensor]
    ln1_b : List[Tensor]
    fc_w : List[Tensor]      # [W, hidden]
    fc_b : List[Tensor]
    out_w : List[Tensor]     # [hidden, W]
    out_b : List[Tensor]

    # Caches of the steps, one entry a layer: keys and values side by side, and views of them.
    cache : List[Tensor]     # [S * H * R, 1, 2D], what a step writes a row of
    window : List[Tensor]    # [S * H, R, 2D]
    keys : List[Tensor]      # [S * H, D, R]
    values : List[Tensor]    # [S * H, R, D]

    # For the steps of one call: which rows are written and what is masked, at kind * steps + step, and which columns
    # are read, at step. Made for all steps at once, since a step of a small model is but a few dozen operations.
    steps : int
    write : List[Tensor]     # [S * H]
    column : List[Tensor]    # [S * H * B]
    mask : List[Tensor]      # [S * H, 1, R], 0 or -1e9

    # ---- parameters ----------------------------------------------------------------------------------------------

    # Takes a parameter of the next layer that has none by this name; shapes as published. The memory of `value` is
    # someone else's and goes away after the call.
    def put(self, name: str, value: Tensor) -> None:
        if self.sampling and not name.startswith("ln_"):
            self.parameters(name).append(self.prepared(name, value))
        else:
            self.parameters(name).append(value.to(6).clone())

    # The same without a copy, for weights that are kept as published; its memory is to stay.
    def put_plain(self, name: str, value: Tensor) -> None:
        self.parameters(name).append(value)

    # The entries of all layers of the parameter that is published by this name.
    def parameters(self, name: str) -> List[Tensor]:
        if name == "ln_0.weight":
            return self.ln0_w
        elif name == "ln_0.bias":
            return self.ln0_b
        elif name == "attn.c_attn.w":
            return self.attn_w
        elif name == "attn.c_attn.b":
            return self.attn_b
        elif name == "attn.c_enc_kv.w":
            return self.memory_w
        elif name == "attn.c_enc_kv.b":
            return self.memory_b
        elif name == "attn.c_proj.w":
            return self.proj_w
        elif name == "attn.c_proj.b":
            return self.proj_b
        elif name == "ln_1.weight":
            return self.ln1_w
        elif name == "ln_1.bias":
            return self.ln1_b
        elif name == "mlp.c_fc.w":
            return self.fc_w
        elif name == "mlp.c_fc.b":
            return self.fc_b
        elif name == "mlp.c_proj.w":
            return self.out_w
        assert name == "mlp.c_proj.b", "no parameter of a transformer layer is called " + name
        return self.out_b

    # A weight or bias of a linear map as steps want it.
    def prepared(self, name: str, value: Tensor) -> Tensor:
        if name.startswith("attn.c_attn.") or name.startswith("attn.c_enc_kv."):
            value = self.by_head(value)
        elif name.startswith("mlp.c_fc."):
            value = value.to(6) * 1.702
        elif name == "mlp.c_proj.w":
            value = value.to(6) / 1.702
        if name.endswith(".b"):
            return self.prepare_bias(value, self.parameters(name[:-1] + "w")[-1])
        return self.prepare(value)

    # Puts the key and the value of a head beside each other, [.., k: H D, v: H D] -> [.., H, (k: D, v: D)], so that a
    # step writes both with one copy. Leading queries stay.
    def by_head(self, w: Tensor) -> Tensor:
        queries = w.size(-1) % (2 * self.attention)
        if w.size(-1) == self.attention:
            return w
        pairs = w[..., queries:].reshape(-1, 2, self.heads, self.attention // self.heads).transpose(1, 2)
        return torch.cat([w[..., :queries], pairs.reshape(w[..., queries:].size())], -1)

    # ---- linear maps ---------------------------------------------------------------------------------------------

    # How the weights [in, out] of a linear map are kept for sampling.
    #   on a GPU        plain, [in, out]
    #   packed_half     packed for FBGEMM: float16 in memory, float32 in arithmetic
    #   large           packed for oneDNN, in the type it multiplies in
    #   small           plain, [1, in, out], for products of one row at a time: a call of oneDNN costs more than those
    # A CPU's products of a row are the same to the bit, in whatever company it is, in each of the last three.
    def prepare(self, w: Tensor) -> Tensor:
        if w.is_cuda:
            return w.to(self.linear_type).contiguous()
        if self.packed_half:
            return torch.fbgemm_pack_gemm_matrix_fp16(w.to(6).t().contiguous())
        if w.numel() <= self.rowwise:
            return w.to(6).unsqueeze(0).clone()
        return ops.mkldnn._reorder_linear_weight(w.to(self.linear_type).t().contiguous())

    # A bias has the type that its weights are multiplied in.
    def prepare_bias(self, b: Tensor, w: Tensor) -> Tensor:
        if w.dim() == 3:
            return b.to(6).view(1, 1, -1).clone()
        return b.to(self.linear_type).clone()

    # The matrix [V, W] behind the last block, which has no bias.
    def prepare_output(self, w: Tensor) -> Tensor:
        if self.packed_half:
            return torch.fbgemm_pack_gemm_matrix_fp16(w.to(6).clone())
        if w.is_cuda or w.numel() <= self.rowwise:
            return w.to(6).t().contiguous().unsqueeze(0)
        return ops.mkldnn._reorder_linear_weight(w.to(self.output_type).contiguous())

    # h [N, T, W], zeros b [V] -> [N, T, V]
    def apply_output(self, h: Tensor, w: Tensor, b: Tensor) -> Tensor:
        if self.packed_half:
            return torch.fbgemm_linear_fp16_weight_fp32_activation(h, w, b)
        if w.is_mkldnn:
            return ops.mkldnn._linear_pointwise(
                h.to(self.output_type), w, None, "none", annotate(List[Optional[number]], []), None).to(6)
        if w.is_cuda:
            return torch.matmul(h.to(6), w[0])
        return torch.bmm(h.to(6), w.expand(h.size(0), -1, -1))

    # x [N, T, in] -> [N, T, out], for whole passes
    def linear(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        if self.packed_half:
            return torch.fbgemm_linear_fp16_weight_fp32_activation(x, w, b)
        if w.is_mkldnn:
            return ops.mkldnn._linear_pointwise(x.to(b.dtype), w, b, "none", annotate(List[Optional[number]], []), None)
        if w.dim() == 3:
            w = w[0]
            b = b[0, 0]
        rows = torch.addmm(b, x.reshape(-1, x.size(-1)).to(w.dtype), w)
        return rows.view(x.size(0), x.size(1), -1)

    # x [S, 1, in] -> [S, 1, out], for steps, of maps that oneDNN or a GPU multiplies
    def linear_step(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        if self.linear_type != 6:
            x = x.to(self.linear_type)
        if w.is_mkldnn:
            return ops.mkldnn._linear_pointwise(x, w, b, "none", annotate(List[Optional[number]], []), None)
        return torch.addmm(b, x.squeeze(1), w).unsqueeze(1)

    # h [N, T, W] -> [N, T, W]; quick-gelu, v * sigmoid(1.702 v), is silu(1.702 v) / 1.702, and prepared weights have
    # both factors in them.
    def mlp(self, layer: int, h: Tensor) -> Tensor:
        u = self.linear(h, self.fc_w[layer], self.fc_b[layer])
        if self.sampling:
            u = torch.silu_(u)
        else:
            u = u * torch.sigmoid(1.702 * u)
        return self.linear(u, self.out_w[layer], self.out_b[layer])

    # x [.., W] -> [.., W]
    def norm(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        if self.residual_type != 6:
            x = x.to(6)
        return torch.layer_norm(x, [self.width], w, b, 1e-05)

    # ---- whole passes --------------------------------------------------------------------------------------------

    # x [N, T, W] for positions 0 .. T-1, memory [N, M, W] -> [N, T, W]
    def forward(self, x: Tensor, memory: Tensor) -> Tensor:
        x = x.to(self.residual_type)
        for layer in range(len(self.patterns)):
            q, k, v = self.project(layer, x, memory)
            x = self.finish(layer, x, self.attend(self.patterns[layer], q, k, v))
        return x.to(6)

    # The same, and how much position t attends to each key in one head of one cross layer: [N, T, W], [N, T, M]
    def forward_watched(self, x: Tensor, memory: Tensor, watched: int, head: int) -> Tuple[Tensor, Tensor]:
        x = x.to(self.residual_type)
        weights = torch.zeros([0], device=x.device)
        for layer in range(len(self.patterns)):
            q, k, v = self.project(layer, x, memory)
            if layer == watched:
                scores = torch.matmul(q[:, :, head], k[:, :, head].transpose(1, 2)).to(6) * self.scale
                weights = scores.softmax(-1)
            x = self.finish(layer, x, self.attend(self.patterns[layer], q, k, v))
        return (x.to(6), weights)

    # The output of every layer, for comparison with a reference.
    def hidden(self, x: Tensor, memory: Tensor) -> List[Tensor]:
        outputs = annotate(List[Tensor], [])
        for layer in range(len(self.patterns)):
            q, k, v = self.project(layer, x, memory)
            x = self.finish(layer, x, self.attend(self.patterns[layer], q, k, v))
            outputs.append(x)
        return outputs

    # How much position t attends to each key in one head of one layer: [N, T, keys]. Layers that see lyrics only: cross,
    # lyric-prefix and dense ones.
    def weights(self, x: Tensor, memory: Tensor, layer: int, head: int) -> Tensor:
        x = x.to(self.residual_type)
        for below in range(layer):
            q, k, v = self.project(below, x, memory)
            x = self.finish(below, x, self.attend(self.patterns[below], q, k, v))
        q, k, v = self.project(layer, x, memory)
        return self.shares(self.patterns[layer], q[:, :, head], k[:, :, head])

    # The same in every head of such layers, which are in rising order: [N, H, T, keys] each
    def weights_of_layers(self, x: Tensor, memory: Tensor, layers: List[int]) -> List[Tensor]:
        x = x.to(self.residual_type)
        weights = annotate(List[Tensor], [])
        for layer in range(layers[-1] + 1):
            pattern = self.patterns[layer]
            q, k, v = self.project(layer, x, memory)
            if layer == layers[len(weights)]:
                weights.append(self.shares(pattern, q.transpose(1, 2), k.transpose(1, 2)))
            x = self.finish(layer, x, self.attend(pattern, q, k, v))
        return weights

    # q [.., T, D], k [.., keys, D] -> what each query gives to each key, [.., T, keys]; of a lyric prefix alone, P' keys
    def shares(self, pattern: int, q: Tensor, k: Tensor) -> Tensor:
        scores = torch.matmul(q, k.transpose(-1, -2)).to(6) * self.scale
        if pattern != 6:
            allowed = torch.ones([q.size(-2), k.size(-2)], dtype=11, device=q.device).tril()
            scores = scores.masked_fill(allowed.logical_not(), -1e9)
        if pattern == 7:
            scores = scores[..., :self.prefix]
        return scores.softmax(-1)

    # x [N, T, W] -> queries, keys, values [N, T, H, D]; keys and values [N, M, H, D] in cross layers
    def project(self, layer: int, x: Tensor, memory: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        h = self.norm(x, self.ln0_w[layer], self.ln0_b[layer])
        qkv = self.linear(h, self.attn_w[layer], self.attn_b[layer]).to(self.attention_type)
        q = qkv[:, :, :self.attention].view(x.size(0), x.size(1), self.heads, -1)
        if self.patterns[layer] == 6:
            k, v = self.split(self.remember(layer, memory))
        else:
            k, v = self.split(qkv[:, :, self.attention:])
        return (q, k, v)

    # kv [N, T, 2A] -> keys, values [N, T, H, D]
    def split(self, kv: Tensor) -> Tuple[Tensor, Tensor]:
        if self.sampling:
            pairs = kv.view(kv.size(0), kv.size(1), self.heads, 2, -1)
            return (pairs[:, :, :, 0], pairs[:, :, :, 1])
        pairs = kv.view(kv.size(0), kv.size(1), 2, self.heads, -1)
        return (pairs[:, :, 0], pairs[:, :, 1])

    # Keys and values that a cross layer reads: memory [N, M, W] -> [N, M, 2A]
    def remember(self, layer: int, memory: Tensor) -> Tensor:
        cross = 0
        for below in range(layer):
            if self.patterns[below] == 6:
                cross += 1
        return self.linear(memory, self.memory_w[cross], self.memory_b[cross]).to(self.attention_type)

    # x [N, T, W], a [N, T, A] -> [N, T, W]
    def finish(self, layer: int, x: Tensor, a: Tensor) -> Tensor:
        x = x + self.linear(a, self.proj_w[layer], self.proj_b[layer])
        h = self.norm(x, self.ln1_w[layer], self.ln1_b[layer])
        return x + self.mlp(layer, h)

    # q [N, T, H, D], k and v [N, T or M, H, D] -> [N, T, A]
    def attend(self, pattern: int, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        n = q.size(0)
        t = q.size(1)
        if pattern == 0:
            return self.dot(q, k, v, None, True)
        if pattern == 6:
            return self.dot(q, k, v, None, False)
        if pattern == 7:
            keys = min(t, self.prefix)
            allowed = torch.ones([t, keys], dtype=11, device=q.device).tril()
            return self.dot(q, k[:, :keys], v[:, :keys], allowed, False)

        # The others are factored: positions are padded to whole blocks of length C, which nothing before them sees.
        c = self.context // self.blocks
        b = (t + c - 1) // c
        q = self.pad(q, b * c)
        k = self.pad(k, b * c)
        v = self.pad(v, b * c)
        if pattern == 1:
            shape = [n * b, c, self.heads, -1]
            a = self.dot(q.view(shape), k.view(shape), v.view(shape), None, True)
        elif pattern == 2:
            a = self.dot(self.to_columns(q, b), self.to_columns(k, b), self.to_columns(v, b), None, True)
            a = a.view(n, c, b, -1).transpose(1, 2)
        elif b == 1 and pattern == 3:
            a = torch.zeros_like(q)
        elif pattern == 3:
            shape = [n * (b - 1), c, self.heads, q.size(3)]
            before = (b - 1) * c
            seen = self.dot(
                q[:, c:].reshape(shape), k[:, :before].reshape(shape), v[:, :before].reshape(shape), None, False)
            none = torch.zeros([n, c, self.attention], dtype=q.dtype, device=q.device)
            a = torch.cat([none, seen.view(n, before, self.attention)], 1)
        else:
            assert pattern == 4, "no such attention pattern"
            blocks = torch.arange(b, device=q.device)
            allowed = blocks.unsqueeze(0) <= blocks.unsqueeze(1)       # [B, B]; the first key is zero
            allowed = allowed.repeat_interleave(c, 0)                  # [T, B]
            a = self.dot(q, self.summaries(k, b), self.summaries(v, b), allowed, False)
        return a.reshape(n, b * c, self.attention)[:, :t]

    # x [N, T, H, D] -> [N, length, H, D]
    def pad(self, x: Tensor, length: int) -> Tensor:
        x = x.contiguous()
        if x.size(1) == length:
            return x
        more = torch.zeros([x.size(0), length - x.size(1), x.size(2), x.size(3)], dtype=x.dtype, device=x.device)
        return torch.cat([x, more], 1)

    # x [N, B * C, H, D] -> [N * C, B, H, D]
    def to_columns(self, x: Tensor, b: int) -> Tensor:
        n = x.size(0)
        return x.view(n, b, -1, x.size(2), x.size(3)).transpose(1, 2).reshape(-1, b, x.size(2), x.size(3))

    # x [N, B * C, H, D] -> [N, B, H, D]: zero, then the last position of every block but the last
    def summaries(self, x: Tensor, b: int) -> Tensor:
        last = x.view(x.size(0), b, -1, x.size(2), x.size(3))[:, :, -1]
        return torch.cat([torch.zeros_like(last[:, :1]), last[:, :-1]], 1)

    # Attention within each item: q [N, Q, H, D], k and v [N, K, H, D], allowed [Q, K] -> [N, Q, A]
    def dot(self, q: Tensor, k: Tensor, v: Tensor, allowed: Optional[Tensor], causal: bool) -> Tensor:
        a = torch.scaled_dot_product_attention(
            q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), allowed, 0.0, causal, scale=self.scale)
        return a.transpose(1, 2).reshape(q.size(0), q.size(1), self.attention)

    # ---- caches --------------------------------------------------------------------------------------------------

    # Rows that the cache of a pattern has for each slot and head. Own block: a ring of one block. Previous block: a
    # ring of two. Column and dense: every position. Lyric prefix: one row more than it may attend to, where the
    # positions behind the prefix are written and never read. Block summaries: a zero, then a row a block.
    def rows(self, pattern: int) -> int:
        c = self.context // self.blocks
        if pattern == 1:
            return c
        if pattern == 3:
            return 2 * c
        if pattern == 4:
            return self.blocks + 1
        if pattern == 6:
            return self.memory
        if pattern == 7:
            return self.prefix + 1
        return self.context

    # Makes the caches for so many slots.
    def allocate(self, slots: int) -> None:
        self.slots = slots
        device = self.ln0_w[0].device
        d = self.attention // self.heads
        for pattern in self.patterns:
            r = self.rows(pattern)
            if pattern == 2:
                # By far the largest, and read only where it was written: memory comes in as the window grows.
                cache = torch.empty([slots * self.heads, r, 2 * d], dtype=self.cache_type, device=device)
            else:
                cache = torch.zeros([slots * self.heads, r, 2 * d], dtype=self.cache_type, device=device)
            self.cache.append(cache.view(-1, 1, 2 * d))
            self.window.append(cache)
            self.keys.append(cache[:, :, :d].transpose(1, 2))
            self.values.append(cache[:, :, d:])
        for maps in [self.attn_w, self.attn_b, self.proj_w, self.proj_b, self.fc_w, self.fc_b, self.out_w, self.out_b]:
            for layer in range(len(maps)):
                if maps[layer].dim() == 3:
                    maps[layer] = maps[layer].expand(slots, -1, -1)

    # Makes a slot stand before position 0. What it wrote before is masked until it is overwritten, but the first block
    # attends to a previous block that must be zero.
    def reset(self, slot: int, memory: Tensor) -> None:
        d = self.attention // self.heads
        for layer in range(len(self.patterns)):
            pattern = self.patterns[layer]
            r = self.rows(pattern) * self.heads
            mine = self.cache[layer][slot * r:(slot + 1) * r]          # [H * R, 1, 2D]
            if pattern == 3:
                torch.zero_(mine)
            elif pattern == 6:
                kv = self.remember(layer, memory)                      # [1, M, 2A]
                torch.copy_(mine, kv.view(-1, self.heads, 2 * d).transpose(0, 1).reshape(-1, 1, 2 * d).to(self.cache_type))

    # Clears a slot's caches. Masked rows count nothing as long as they are numbers.
    def wipe(self, slot: int) -> None:
        for layer in range(len(self.patterns)):
            r = self.rows(self.patterns[layer]) * self.heads
            torch.zero_(self.cache[layer][slot * r:(slot + 1) * r])

    # Fills a slot's caches from a whole pass over its first positions: x [1, T, W].
    def prefill(self, slot: int, x: Tensor, memory: Tensor) -> None:
        x = x.to(self.residual_type)
        d = self.attention // self.heads
        positions = torch.arange(x.size(1), device=x.device)
        for layer in range(len(self.patterns)):
            pattern = self.patterns[layer]
            q, k, v = self.project(layer, x, memory)
            if pattern != 6:
                kept = self.kept(pattern, positions)
                kv = torch.cat([k, v], 3)[0].index_select(0, kept)     # [kept, H, 2D]
                first = torch.arange(self.heads, device=x.device) + slot * self.heads
                rows = self.row(pattern, positions.index_select(0, kept)).unsqueeze(1) + first * self.rows(pattern)
                torch.index_copy_(self.cache[layer], 0, rows.view(-1), kv.view(-1, 1, 2 * d).to(self.cache_type))
            x = self.finish(layer, x, self.attend(pattern, q, k, v))

    # Of a pass over positions, those that a cache must hold after it; no two of them go to the same row.
    def kept(self, pattern: int, positions: Tensor) -> Tensor:
        t = positions.size(0)
        c = self.context // self.blocks
        if pattern == 1:
            return positions[(t - 1) // c * c:]
        if pattern == 3:
            return positions[max(0, (t - 1) // c * c - c):]
        if pattern == 4:
            return torch.cat([positions[c - 1::c], positions[t // c * c:][-1:]])
        if pattern == 7:
            return positions[:self.prefix]
        return positions

    # The row of a slot's and head's cache that each position is written to.
    def row(self, pattern: int, position: Tensor) -> Tensor:
        c = self.context // self.blocks
        if pattern == 1:
            return position % c
        if pattern == 3:
            return position % (2 * c)
        if pattern == 4:
            return torch.floor_divide(position, c) + 1
        if pattern == 7:
            return position.clamp_max(self.prefix)
        return position

    # ---- steps ---------------------------------------------------------------------------------------------------

    # Prepares the steps of one call: positions [steps, S].
    def plan(self, positions: Tensor) -> None:
        c = self.context // self.blocks
        device = positions.device
        first = torch.arange(self.slots * self.heads, device=device)           # [S * H]
        position = positions.repeat_interleave(self.heads, 1)                  # [steps, S * H]
        self.steps = positions.size(0)
        self.write = annotate(List[Tensor], [])
        self.mask = annotate(List[Tensor], [])
        for pattern in self.present:
            self.write.extend(torch.unbind(first * self.rows(pattern) + self.row(pattern, position)))
            self.mask.extend(torch.unbind(torch.where(self.attended(pattern, position), 0.0, -1e9).unsqueeze(2)))
        # A column layer reads the same place of every block, its own row again for blocks that are yet to come.
        blocks = torch.arange(self.blocks, device=device)
        places = torch.minimum(blocks * c + (position % c).unsqueeze(2), position.unsqueeze(2))    # [steps, S * H, B]
        self.column = torch.unbind((places + (first * self.context).unsqueeze(1)).flatten(1))

    # Which rows of its cache (in column layers: of its column) each position attends to: [steps, S * H, R]
    def attended(self, pattern: int, position: Tensor) -> Tensor:
        c = self.context // self.blocks
        block = torch.floor_divide(position, c).unsqueeze(2)
        if pattern == 2:
            return torch.arange(self.blocks, device=position.device) <= block
        rows = torch.arange(self.rows(pattern), device=position.device)
        if pattern == 3:
            return torch.floor_divide(rows, c) != block % 2
        if pattern == 4:
            return rows <= block
        if pattern == 6:
            return (rows >= 0).expand(position.size(0), position.size(1), -1)
        if pattern == 7:
            return rows <= position.clamp_max(self.prefix - 1).unsqueeze(2)
        return rows <= self.row(pattern, position).unsqueeze(2)

    # Step t of those planned, for every slot: x [S, 1, W] -> [S, 1, W]. A method call costs as much as a small
    # product, so that what is short is written out here.
    def step(self, t: int, x: Tensor) -> Tensor:
        d = self.attention // self.heads
        shape = [self.width]
        full = self.attention_type == 6
        mixed = self.linear_type != 6
        half = self.packed_half
        x = x.to(self.residual_type)
        for layer in range(len(self.patterns)):
            pattern = self.patterns[layer]
            now = self.kinds[layer] * self.steps + t
            h = torch.layer_norm(x if full else x.to(6), shape, self.ln0_w[layer], self.ln0_b[layer], 1e-05)
            w = self.attn_w[layer]
            b = self.attn_b[layer]
            if half:
                q = torch.fbgemm_linear_fp16_weight_fp32_activation(h, w, b)    # [S, 1, 3A]
            else:
                q = torch.baddbmm(b, h, w) if w.dim() == 3 else self.linear_step(h, w, b)
            if pattern != 6:
                q, kv = torch.split_with_sizes(q, [self.attention, 2 * self.attention], 2)
                if self.heads > 1:
                    kv = kv.reshape(-1, 1, 2 * d)
                torch.index_copy_(self.cache[layer], 0, self.write[now], kv.to(self.cache_type) if mixed else kv)
            if self.heads > 1:
                q = q.reshape(-1, 1, d)
            keys = self.keys[layer]                                            # [S * H, D, R]
            values = self.values[layer]                                        # [S * H, R, D]
            if mixed or pattern == 2:
                seen = self.window[layer]                                      # [S * H, R, 2D]; R = B in a column
                if pattern == 2:
                    seen = torch.index_select(self.cache[layer], 0, self.column[t]).view(-1, self.blocks, 2 * d)
                if mixed:
                    q = q.to(self.attention_type)
                    seen = seen.to(self.attention_type)
                k, values = torch.split_with_sizes(seen, [d, d], 2)
                keys = k.transpose(1, 2)
            if full:
                scores = torch.baddbmm(self.mask[now], q, keys, beta=1, alpha=self.scale)    # [S * H, 1, R]
                a = torch.bmm(scores.softmax(-1), values)                      # [S * H, 1, D]
            else:
                scores = torch.bmm(q, keys).to(6) * self.scale + self.mask[now]
                a = torch.bmm(scores.softmax(-1).to(self.attention_type), values)
            if self.heads > 1:
                a = a.view(-1, 1, self.attention)
            w = self.proj_w[layer]
            b = self.proj_b[layer]
            if half:
                x = x + torch.fbgemm_linear_fp16_weight_fp32_activation(a, w, b)
            else:
                x = x + (torch.baddbmm(b, a, w) if w.dim() == 3 else self.linear_step(a, w, b))
            h = torch.layer_norm(x if full else x.to(6), shape, self.ln1_w[layer], self.ln1_b[layer], 1e-05)
            w = self.fc_w[layer]
            b = self.fc_b[layer]
            if half:
                u = torch.fbgemm_linear_fp16_weight_fp32_activation(h, w, b)
            else:
                u = torch.baddbmm(b, h, w) if w.dim() == 3 else self.linear_step(h, w, b)
            torch.silu_(u)
            w = self.out_w[layer]
            b = self.out_b[layer]
            if half:
                x = x + torch.fbgemm_linear_fp16_weight_fp32_activation(u, w, b)
            else:
                x = x + (torch.baddbmm(b, u, w) if w.dim() == 3 else self.linear_step(u, w, b))
        return x
