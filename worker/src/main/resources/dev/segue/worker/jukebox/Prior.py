# A prior: specification, sections 3, 5, 6 and 9.2.
#
# Letters in shape comments
#   N batch · W width · K music codes in a window · P lyric tokens before them in the stream · L = P + K
#   V vocabulary of the stream · S slots · M lyric tokens of the memory
class Prior(Module):
    __parameters__ = []
    __buffers__ = []
    width : int
    prefix : int             # P
    length : int             # L
    shift : int              # what makes a code a symbol of the stream
    merged : bool            # the condition is not added again after the stack
    decoder : __torch__.Transformer
    lyric_encoder : __torch__.Transformer
    downs : int              # of the conditioner; 0 without one
    stride : int
    dilations : List[int]    # of each of its stacks
    residual_scale : float
    lyric_loss_fraction : float    # weight of the lyric loss, prime_loss_fraction

    parameters : Dict[str, Tensor]    # all but those of the stacks, by published name
    conditioner : List[Tensor]        # embedding and convolutions of the conditioner, in published order

    # What the slots hold.
    table : List[Tensor]     # one entry, [V + S, W]: the embedding of every symbol, then the start vector of each slot
    condition : List[Tensor] # one entry, [S, L, W]
    token : List[Tensor]     # one entry, [S, 1]: the row of the table that each slot continues with
    output : List[Tensor]    # one entry, the output matrix, prepared
    no_bias : List[Tensor]   # one entry, zeros [V]: the output matrix has none, but some kernels want one

    # ---- parameters ----------------------------------------------------------------------------------------------

    # A tensor that came as bytes: bfloat16 travels as float16.
    def decode(self, value: Tensor, bfloat16: bool) -> Tensor:
        if bfloat16:
            return torch.view_copy(value, dtype=15)
        return value

    def put(self, name: str, value: Tensor, bfloat16: bool) -> None:
        value = self.decode(value, bfloat16)
        if name == "prior.x_out.weight" and self.decoder.sampling:
            self.output.append(self.decoder.prepare_output(value))
            self.no_bias.append(torch.zeros([value.size(0)], device=value.device))
        else:
            self.put_as_is(name, value.clone())

    # Takes a parameter without a copy; its memory is to stay.
    def put_as_is(self, name: str, value: Tensor) -> None:
        if name.startswith("conditioner_blocks.0.") and not name.startswith("conditioner_blocks.0.ln."):
            self.conditioner.append(value)
        else:
            self.parameters[name] = value

    def put_decoder(self, name: str, value: Tensor, bfloat16: bool) -> None:
        self.decoder.put(name, self.decode(value, bfloat16))

    def put_lyric_encoder(self, name: str, value: Tensor, bfloat16: bool) -> None:
        self.lyric_encoder.put(name, self.decode(value, bfloat16))

    # Rows of a table in float32, whatever it is kept in: ids [..] -> [.., W]. What is smaller is converted.
    def look_up(self, name: str, ids: Tensor) -> Tensor:
        table = self.parameters[name]
        if table.size(0) < ids.numel():
            return torch.embedding(table.to(6), ids)
        return torch.embedding(table, ids).to(6)

    # ---- conditioning (section 5) --------------------------------------------------------------------------------

    # artists [N], genres [N, words], where -1 is an empty place -> start vectors [N, 1, W]
    def start_of(self, artists: Tensor, genres: Tensor) -> Tensor:
        words = self.look_up("y_emb.bow_genre_emb.emb.weight", genres.clamp_min(0))       # [N, words, W]
        words = words * (genres >= 0).unsqueeze(2)
        artist = self.look_up("y_emb.artist_emb.emb.weight", artists)                     # [N, W]
        return (artist + words.sum(1)).unsqueeze(1)

    # The start vector of a prior without labels: [N, 1, W]
    def start_unlabelled(self, n: int) -> Tensor:
        return self.parameters["prior.start_token"].to(6).expand(n, 1, -1)

    # Bins of the total length [N, 1], of absolute and relative positions [N, K] -> [N, K, W]
    def timing(self, total: Tensor, absolute: Tensor, relative: Tensor) -> Tensor:
        x = self.look_up("y_emb.absolute_pos_emb.emb.weight", absolute)
        x += self.look_up("y_emb.relative_pos_emb.emb.weight", relative)
        x += self.look_up("y_emb.total_length_emb.emb.weight", total)
        return x

    # Codes of the level above [N, K / factor] -> [N, K, W]
    def condition_on(self, codes: Tensor) -> Tensor:
        return self.norm_condition(__torch__.conditioner(
            codes, self.conditioner, self.downs, self.stride, self.dilations, self.residual_scale))

    def norm_condition(self, x: Tensor) -> Tensor:
        w = self.parameters["conditioner_blocks.0.ln.weight"].to(6)
        b = self.parameters["conditioner_blocks.0.ln.bias"].to(6)
        return torch.layer_norm(x, [self.width], w, b, 1e-05)

    # Lyric tokens [N, M] -> activations of the lyric encoder [N, M, Wp], which has seen only tokens before each
    def encode_lyrics(self, tokens: Tensor) -> Tensor:
        start = self.parameters["prime_prior.start_token"].to(6).expand(tokens.size(0), 1, -1)
        before = self.look_up("prime_prior.x_emb.weight", tokens[:, :-1])
        positions = self.parameters["prime_prior.pos_emb.pos_emb"].to(6)
        x = torch.cat([start, before], 1) + positions
        return self.lyric_encoder.forward(x, x)

    # Activations of the lyric encoder [N, M, Wp] -> what cross layers read [N, M, W]
    def memory_of(self, activations: Tensor) -> Tensor:
        w = self.parameters["prime_state_proj.w"].to(6)
        b = self.parameters["prime_state_proj.b"].to(6)
        flat = torch.addmm(b, activations.reshape(-1, activations.size(2)), w)
        memory = flat.view(activations.size(0), activations.size(1), -1)
        ln_w = self.parameters["prime_state_ln.weight"].to(6)
        ln_b = self.parameters["prime_state_ln.bias"].to(6)
        return torch.layer_norm(memory, [self.width], ln_w, ln_b, 1e-05)

    # What a prior without a lyric encoder has in place of a memory.
    def no_memory(self, n: int) -> Tensor:
        return torch.zeros([n, 0, self.width], device=self.parameters["prior.pos_emb.pos_emb"].device)

    # Lets a lyric prefix go unconditioned: [N, K, W] -> [N, L, W]
    def behind_prefix(self, condition: Tensor) -> Tensor:
        if self.prefix == 0:
            return condition
        nothing = torch.zeros([condition.size(0), self.prefix, condition.size(2)], device=condition.device)
        return torch.cat([nothing, condition], 1)

    # ---- whole windows -------------------------------------------------------------------------------------------

    # What enters the stack for the first T symbols: symbols [N, T], start [N, 1, W], condition [N, L, W] -> [N, T, W]
    def enter(self, symbols: Tensor, start: Tensor, condition: Tensor) -> Tensor:
        t = symbols.size(1)
        if len(self.table) > 0:
            before = torch.embedding(self.table[0], symbols[:, :-1])
        else:
            before = self.look_up("prior.x_emb.weight", symbols[:, :-1])
        x = torch.cat([start, before], 1)
        return x + self.parameters["prior.pos_emb.pos_emb"][:t].to(6) + condition[:, :t]

    # h [N, T, W] out of the stack -> what the output matrix is applied to
    def leave(self, h: Tensor, condition: Tensor) -> Tensor:
        if self.merged:
            return h
        return h + condition[:, :h.size(1)]

    # h [N, T, W] -> logits [N, T, V]
    def logits_of(self, h: Tensor) -> Tensor:
        if self.decoder.sampling:
            return self.decoder.apply_output(h, self.output[0], self.no_bias[0])
        return torch.matmul(h, self.parameters["prior.x_out.weight"].t())

    # Logits [N, T, V] for every position of a window, each having seen the symbols before it
    def logits(self, symbols: Tensor, start: Tensor, condition: Tensor, memory: Tensor) -> Tensor:
        h = self.decoder.forward(self.enter(symbols, start, condition), memory)
        return self.logits_of(self.leave(h, condition))

    def hidden(self, symbols: Tensor, start: Tensor, condition: Tensor, memory: Tensor) -> List[Tensor]:
        return self.decoder.hidden(self.enter(symbols, start, condition), memory)

    # What the output matrix is applied to, for comparison with a reference: [N, T, W]
    def output_in(self, symbols: Tensor, start: Tensor, condition: Tensor, memory: Tensor) -> Tensor:
        return self.leave(self.decoder.forward(self.enter(symbols, start, condition), memory), condition)

    # Memory [N, M, W] -> logits of the lyric tokens [N, M, lyric vocabulary], each from the tokens before it
    def lyric_logits(self, memory: Tensor) -> Tensor:
        return torch.matmul(memory, self.parameters["prime_x_out.weight"].to(6).t())

    # Mean cross-entropy in bits: logits [N, T, V], symbols [N, T]
    def bits(self, logits: Tensor, symbols: Tensor) -> Tensor:
        likelihood = torch.log_softmax(logits, 2).gather(2, symbols.unsqueeze(2))
        return torch.mean(likelihood) / -0.6931471805599453

    # Bits that each code of a window takes, lyrics left out: symbols [N, L] -> [N, K]
    def code_bits(self, symbols: Tensor, start: Tensor, condition: Tensor, memory: Tensor) -> Tensor:
        logits = self.logits(symbols, start, condition, memory)[:, self.prefix:]
        likelihood = torch.log_softmax(logits, 2).gather(2, symbols[:, self.prefix:].unsqueeze(2))
        return likelihood.squeeze(2) / -0.6931471805599453

    # Losses of whole windows in bits: symbols [N, L], lyrics [N, M] what the memory was made from
    #   -> what training makes small, music and lyrics, [3]; lyrics 0 without any
    # The first weighs music and lyrics by how many symbols they are, and lyrics by a fraction besides (section 6).
    def losses(self, symbols: Tensor, start: Tensor, condition: Tensor, memory: Tensor, lyrics: Tensor) -> Tensor:
        return self.losses_of(self.logits(symbols, start, condition, memory), symbols, memory, lyrics)

    # The same from logits [N, L, V].
    def losses_of(self, logits: Tensor, symbols: Tensor, memory: Tensor, lyrics: Tensor) -> Tensor:
        music = self.bits(logits[:, self.prefix:], symbols[:, self.prefix:])
        codes = self.length - self.prefix
        tokens = self.prefix + memory.size(1)              # one of them is 0
        if self.prefix > 0:
            lyric = self.bits(logits[:, :self.prefix], symbols[:, :self.prefix])
        elif tokens > 0:
            lyric = self.bits(self.lyric_logits(memory), lyrics)
        else:
            lyric = torch.zeros_like(music)
        total = (music * codes + lyric * (tokens * self.lyric_loss_fraction)) / (codes + tokens)
        return torch.stack([total, music, lyric])

    # How much each music position attends to each lyric token in one head: [N, K, lyric tokens] (section 10)
    def attention(
        self, symbols: Tensor, start: Tensor, condition: Tensor, memory: Tensor, layer: int, head: int) -> Tensor:
        weights = self.decoder.weights(self.enter(symbols, start, condition), memory, layer, head)
        return self.lyric_part(weights)

    # The same in every head of some layers, in rising order: [N, H, K, lyric tokens] each
    def attentions(
        self, symbols: Tensor, start: Tensor, condition: Tensor, memory: Tensor, layers: List[int]) -> List[Tensor]:
        weights = self.decoder.weights_of_layers(self.enter(symbols, start, condition), memory, layers)
        return [self.lyric_part(layer) for layer in weights]

    # weights [.., T, keys] -> [.., K, lyric tokens]
    def lyric_part(self, weights: Tensor) -> Tensor:
        if self.prefix > 0:
            return weights[..., self.prefix:, :self.prefix]
        return weights

    # ---- slots ---------------------------------------------------------------------------------------------------

    def allocate(self, slots: int) -> None:
        device = self.parameters["prior.pos_emb.pos_emb"].device
        self.decoder.allocate(slots)
        symbols = self.parameters.pop("prior.x_emb.weight").to(6)
        self.table.append(torch.cat([symbols, torch.zeros([slots, self.width], device=device)]))
        self.condition.append(
            torch.zeros([slots, self.length, self.width], dtype=self.decoder.cache_type, device=device))
        self.token.append(torch.zeros([slots, 1], dtype=4, device=device))

    # Puts a window into a slot and computes what is known of it in one pass: symbols [1, p], start [1, 1, W],
    # condition [1, L, W], memory [1, M, W]. The next step of the slot then is at position p.
    def join(self, slot: int, symbols: Tensor, start: Tensor, condition: Tensor, memory: Tensor) -> None:
        torch.copy_(self.condition[0][slot], condition[0])
        self.begin(slot, symbols, start, memory)

    # The same for a window that is conditioned on timing alone, by the arguments of `timing`: pieces of the condition
    # go where they belong, since the whole in float32 is a large block for a moment's use.
    def join_timed(
        self, slot: int, symbols: Tensor, start: Tensor, total: Tensor, absolute: Tensor, relative: Tensor, memory: Tensor
    ) -> None:
        codes = self.condition[0][slot, self.prefix:]
        size = 1024
        for first in range(0, codes.size(0), size):
            piece = self.timing(total, absolute[:, first:first + size], relative[:, first:first + size])
            torch.copy_(codes[first:first + size], piece[0])
        self.begin(slot, symbols, start, memory)

    # The same for a window that is conditioned on codes of the level above, [1, K / factor].
    def join_upsampled(self, slot: int, symbols: Tensor, start: Tensor, above: Tensor, memory: Tensor) -> None:
        codes = self.condition[0][slot, self.prefix:]
        body = __torch__.conditioner_body(
            above, self.conditioner, self.downs, self.stride, self.dilations, self.residual_scale)
        size = 512 * self.stride
        for first in range(0, codes.size(0), size):
            here = codes[first:first + size]
            piece = __torch__.conditioner_piece(body, self.conditioner, self.stride, first, here.size(0))
            torch.copy_(here, self.norm_condition(piece)[0])
        self.begin(slot, symbols, start, memory)

    def begin(self, slot: int, symbols: Tensor, start: Tensor, memory: Tensor) -> None:
        vocabulary = self.table[0].size(0) - self.token[0].size(0)
        torch.copy_(self.table[0][vocabulary + slot], start[0, 0])
        self.decoder.reset(slot, memory)
        if symbols.size(1) == 0:
            self.token[0][slot] = vocabulary + slot
        else:
            self.token[0][slot] = symbols[0, -1]
            condition = self.condition[0][slot:slot + 1, :symbols.size(1)].to(6)
            self.decoder.prefill(slot, self.enter(symbols, start, condition), memory)

    def wipe(self, slot: int) -> None:
        self.decoder.wipe(slot)

    # Samples so many symbols for every slot.
    #   positions [S]          where each slot stands
    #   uniform [steps, S]     one number of [0, 1) for each symbol
    #   temperature [S, 1, 1]  > 0
    #   filtered               whether any slot has a limit below; the limits of the others have no effect
    #   top_k [S, 1, 1]        how many symbols may be drawn, V for all
    #   top_p [S, 1, 1]        how much probability they must have, more than 1 for all
    #   -> symbols [steps, S]
    def sample(
        self, positions: Tensor, uniform: Tensor, temperature: Tensor, filtered: bool, top_k: Tensor, top_p: Tensor
    ) -> Tensor:
        steps = uniform.size(0)
        slots = positions.size(0)
        at = positions + torch.arange(steps, device=positions.device).unsqueeze(1)        # [steps, S]
        at = at.clamp_max(self.length - 1)                                                # free slots stand anywhere
        self.decoder.plan(at)
        each = torch.arange(slots, device=positions.device)
        conditions = self.condition[0][each, at].unsqueeze(2).to(6)                       # [steps, S, 1, W]
        condition = torch.unbind(conditions)
        place = torch.unbind(self.look_up("prior.pos_emb.pos_emb", at).unsqueeze(2) + conditions)
        draws = torch.unbind(uniform.view(steps, slots, 1, 1))
        token = self.token[0]
        table = self.table[0]
        output = self.output[0]
        no_bias = self.no_bias[0]
        symbols = annotate(List[Tensor], [])
        for t in range(steps):
            x = torch.embedding(table, token) + place[t]                                  # [S, 1, W]
            h = self.decoder.step(t, x)
            if not self.merged:
                h = h + condition[t]
            logits = self.decoder.apply_output(h, output, no_bias) / temperature          # [S, 1, V]
            if filtered:
                logits = self.restrict(logits, top_k, top_p)
            token = self.draw(logits, draws[t])
            symbols.append(token)
        self.token[0] = token
        return torch.stack(symbols).view(steps, slots)

    # Inverse of the cumulative distribution: logits [S, 1, V], uniform [S, 1, 1] -> symbols [S, 1]. A symbol that
    # cannot be drawn has no width; logits that are no numbers give V.
    def draw(self, logits: Tensor, uniform: Tensor) -> Tensor:
        cumulative = logits.softmax(-1).cumsum(-1)
        whole = torch.slice(cumulative, 2, -1)
        return torch.searchsorted(cumulative, uniform * whole, right=True).squeeze(2)

    # Logits [S, 1, V]: keeps the top_k largest (ties all), of them those whose predecessors have less than or just top_p of the
    # probability, and the first always; sets the others to minus infinity.
    def restrict(self, logits: Tensor, top_k: Tensor, top_p: Tensor) -> Tensor:
        ordered, order = torch.sort(logits, stable=True, dim=-1, descending=True)
        smallest = ordered.gather(2, top_k.clamp_max(logits.size(2)) - 1)                 # [S, 1, 1]
        logits = logits.masked_fill(logits < smallest, float('-inf'))
        probability = ordered.softmax(-1)
        before = probability.cumsum(-1) - probability
        beyond = before > top_p
        beyond[:, :, 0] = False
        removed = torch.zeros_like(beyond).scatter(2, order, beyond)
        return logits.masked_fill(removed, float('-inf'))
