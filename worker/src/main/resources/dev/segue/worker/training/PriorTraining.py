# A prior as it is trained (specification 6 and 11.2): the loss from codes and labels alone, and its gradients.
#
# Letters in shape comments are those of Prior.py. What a prior does not take is empty.
class PriorTraining(Module):
    __parameters__ = []
    __buffers__ = []
    prior : __torch__.Prior
    values : List[Tensor]    # every parameter once, in the order they were put
    alignment : float        # weight of the alignment loss; 0 for none ...
    layer : int              # ... which cross layer's ...
    head : int               # ... head it is about

    # ---- parameters: kept without a copy, so that writing to them is training ------------------------------------

    def put(self, name: str, value: Tensor) -> None:
        self.values.append(torch.requires_grad_(value, True))
        self.prior.put_as_is(name, value)

    def put_decoder(self, name: str, value: Tensor) -> None:
        self.values.append(torch.requires_grad_(value, True))
        self.prior.decoder.put_plain(name, value)

    def put_lyric_encoder(self, name: str, value: Tensor) -> None:
        self.values.append(torch.requires_grad_(value, True))
        self.prior.lyric_encoder.put_plain(name, value)

    # Lets the output matrix be the embedding, as in every decoder that is not merged.
    def tie(self) -> None:
        self.prior.put_as_is("prior.x_out.weight", self.prior.parameters["prior.x_emb.weight"])

    # ---- one batch -----------------------------------------------------------------------------------------------

    #   codes [N, K]
    #   artists [N], genres [N, words]                      labels
    #   total [N, 1], absolute [N, K], relative [N, K]      bins of the timing
    #   above [N, K / factor]                               codes of the level above
    #   lyrics [N, P or M]
    #   sung [N, K]                                         which token is sung at each code, -1 for none; or nothing
    #   heard [N, K]                                        codes as the prior reads them; nothing where they are codes
    #   -> loss, music, lyrics, alignment in bits, [4]
    def losses(
        self, codes: Tensor, artists: Tensor, genres: Tensor, total: Tensor, absolute: Tensor, relative: Tensor,
        above: Tensor, lyrics: Tensor, sung: Tensor, heard: Tensor
    ) -> Tensor:
        prior = self.prior
        n = codes.size(0)
        if artists.numel() > 0:
            start = prior.start_of(artists, genres)
        else:
            start = prior.start_unlabelled(n)
        if above.numel() > 0:
            condition = prior.condition_on(above)
        elif total.numel() > 0:
            condition = prior.timing(total, absolute, relative)
        else:
            condition = torch.zeros([n, codes.size(1), prior.width], device=codes.device)
        memory = prior.no_memory(n)
        symbols = codes + prior.shift
        read = symbols
        if heard.numel() > 0:
            read = heard + prior.shift
        if prior.prefix > 0:
            symbols = torch.cat([lyrics, symbols], 1)
            read = torch.cat([lyrics, read], 1)
        elif lyrics.numel() > 0:
            memory = prior.memory_of(prior.encode_lyrics(lyrics))
        condition = prior.behind_prefix(condition)
        if self.alignment > 0 and sung.numel() > 0:
            h, weights = prior.decoder.forward_watched(
                prior.enter(read, start, condition), memory, self.layer, self.head)
            losses = prior.losses_of(prior.logits_of(prior.leave(h, condition)), symbols, memory, lyrics)
            away = self.away(weights, sung)
            return torch.stack([losses[0] + away * self.alignment, losses[1], losses[2], away])
        losses = prior.losses_of(prior.logits(read, start, condition, memory), symbols, memory, lyrics)
        return torch.cat([losses, torch.zeros_like(losses[:1])])

    # How far a head is from what is sung: attention weights [N, K, M], sung [N, K] -> scalar, in bits. A token is read
    # at the position behind it, which is the first to have heard it; the last one has none.
    def away(self, weights: Tensor, sung: Tensor) -> Tensor:
        heard = torch.logical_and(sung >= 0, sung < weights.size(2) - 1)
        place = torch.clamp(sung + 1, 0, weights.size(2) - 1)
        weight = weights.gather(2, place.unsqueeze(2)).squeeze(2)
        bits = torch.log(weight + 1e-06) * heard / -0.6931471805599453
        return torch.sum(bits) / torch.clamp(torch.sum(heard.to(6)), 1.0)

    # -> the losses, [4], and the gradient of the first of them for every value
    def gradients(
        self, codes: Tensor, artists: Tensor, genres: Tensor, total: Tensor, absolute: Tensor, relative: Tensor,
        above: Tensor, lyrics: Tensor, sung: Tensor, heard: Tensor
    ) -> List[Tensor]:
        losses = self.losses(codes, artists, genres, total, absolute, relative, above, lyrics, sung, heard)
        gradients = torch.grad([losses[0]], self.values, None, None, False, True)
        torch.set_grad_enabled(False)
        results = [torch.detach(losses)]
        for i in range(len(gradients)):
            gradient = gradients[i]
            if gradient is None:
                # Nothing depends on it: a previous-block layer of a stack of one block, for instance.
                results.append(torch.zeros_like(self.values[i]))
            else:
                results.append(ops.prim.unchecked_unwrap_optional(gradient))
        return results
