# One level of the VQ-VAE as it is trained (specification 2.5 and 2.7). Levels share nothing, so each has its own loss
# and gradients; the loss of the whole is the sum.
class VqVaeTraining(Module):
    __parameters__ = []
    __buffers__ = []
    encoder : List[Tensor]
    decoder : List[Tensor]
    codebook : List[Tensor]  # k [entries, embedding], k_sum [entries, embedding], k_elem [entries]
    downs : List[int]
    strides : List[int]
    encoder_dilations : List[int]
    decoder_dilations : List[int]
    # Weights of the terms of the loss, and the data's statistics that they are relative to.
    l1 : float
    l2 : float
    linf : float
    linf_k : int
    spectral : float
    multispectral : float
    commit : float
    relative_spectral : bool
    bandwidth_l1 : float
    bandwidth_l2 : float
    bandwidth_spectral : float
    # n_fft, hop, window of the spectral loss, and of each resolution of the multispectral one
    resolution : List[int]
    n_ffts : List[int]
    hops : List[int]
    windows : List[int]
    # How the codebook's sums decay, and how many rows must choose an entry so that it does not restart.
    mu : float
    threshold : float

    def put(
        self: __torch__.VqVaeTraining, encoder: List[Tensor], decoder: List[Tensor], codebook: List[Tensor]
    ) -> None:
        for weight in encoder:
            torch.requires_grad_(weight, True)
        for weight in decoder:
            torch.requires_grad_(weight, True)
        self.encoder = encoder
        self.decoder = decoder
        self.codebook = codebook

    # sound: [batch, time] -> [batch, embedding, time / hop]
    def latents(self: __torch__.VqVaeTraining, sound: Tensor) -> Tensor:
        return __torch__.encode_blocks(sound, self.encoder, self.downs, self.strides, self.encoder_dilations)[-1]

    # sound: [batch, time] -> [batch, embedding, time / hop], apart from the gradient
    def detached_latents(self: __torch__.VqVaeTraining, sound: Tensor) -> Tensor:
        return torch.detach(self.latents(sound))

    # latents: [batch, embedding, length] -> [batch, length] int64
    def quantise(self: __torch__.VqVaeTraining, latents: Tensor) -> Tensor:
        nearest = __torch__.nearest(__torch__.rows(torch.detach(latents)), self.codebook[0])
        return nearest.view([latents.size(0), latents.size(2)])

    # latents: [batch, embedding, length]
    def begin(self: __torch__.VqVaeTraining, latents: Tensor, picks: Tensor, noise: Tensor) -> None:
        candidates = __torch__.restart_candidates(__torch__.rows(latents), picks, noise)
        __torch__.begin_codebook(self.codebook, candidates)

    # Learns from a batch of latents and the codes that they had. -> fit, pn, entropy, used_curr, usage, dk as [6]
    def learn_codebook(
        self: __torch__.VqVaeTraining, latents: Tensor, codes: Tensor, picks: Tensor, noise: Tensor
    ) -> Tensor:
        x = __torch__.rows(torch.detach(latents))
        codes = codes.reshape([-1])
        fit = __torch__.codebook_fit(x, codes, self.codebook[0])
        candidates = __torch__.restart_candidates(x, picks, noise)
        use = __torch__.update_codebook(x, codes, self.codebook, candidates, self.mu, self.threshold)
        return torch.cat([fit, use])

    # What the encoder is away from the codebook. -> scalar
    def commitment(self: __torch__.VqVaeTraining, latents: Tensor, codes: Tensor) -> Tensor:
        return torch.mean((__torch__.dequantise(codes, self.codebook[0]) - latents) ** 2)

    def spectral_loss(self: __torch__.VqVaeTraining, target: Tensor, y: Tensor) -> Tensor:
        r = self.resolution
        if self.relative_spectral:
            return torch.mean(__torch__.spectral_convergence(target, y, r[0], r[1], r[2]))
        return torch.mean(__torch__.spectral_distance(target, y, r[0], r[1], r[2])) / self.bandwidth_spectral

    def multispectral_loss(self: __torch__.VqVaeTraining, target: Tensor, y: Tensor) -> Tensor:
        distances = __torch__.multispectral_distance(target, y, self.n_ffts, self.hops, self.windows)
        return torch.mean(distances) / self.bandwidth_spectral

    # target: [batch, time], y: its reconstruction
    # -> loss, recons, spectral, multispectral, commit, l1, l2, linf, spectral convergence as [9]
    def losses(self: __torch__.VqVaeTraining, target: Tensor, y: Tensor, commitment: Tensor) -> Tensor:
        l1 = __torch__.l1_loss(target, __torch__.counted(y, self.l1)) / self.bandwidth_l1
        l2 = __torch__.l2_loss(target, __torch__.counted(y, self.l2)) / self.bandwidth_l2
        linf = __torch__.linf_loss(target, __torch__.counted(y, self.linf), self.linf_k) / self.bandwidth_l2
        recons = self.l1 * l1 + self.l2 * l2 + self.linf * linf
        spectral = self.spectral_loss(target, __torch__.counted(y, self.spectral))
        multispectral = self.multispectral_loss(target, __torch__.counted(y, self.multispectral))
        loss = recons + self.spectral * spectral + self.multispectral * multispectral + self.commit * commitment
        r = self.resolution
        convergence = torch.mean(__torch__.spectral_convergence(target, torch.detach(y), r[0], r[1], r[2]))
        return torch.stack([loss, recons, spectral, multispectral, commitment, l1, l2, linf, convergence])

    # latents or codebook entries: [batch, embedding, length] -> sound [batch, time]
    def decode(self: __torch__.VqVaeTraining, latents: Tensor) -> Tensor:
        blocks = __torch__.decode_blocks(latents, self.decoder, self.downs, self.strides, self.decoder_dilations)
        return __torch__.decoder_out(blocks[-1], self.decoder)

    # sound: [batch, time] -> the losses, [9], and the reconstruction, [batch, time]
    def evaluate(self: __torch__.VqVaeTraining, sound: Tensor) -> List[Tensor]:
        latents = self.latents(sound)
        codes = self.quantise(latents)
        y = self.decode(__torch__.dequantise(codes, self.codebook[0]))
        return [self.losses(sound, y, self.commitment(latents, codes)), y]

    # One batch in training: gradients of the loss, then the codebook learns. sound: [batch, time]
    # -> the losses, [9], those of learn_codebook, [6], the reconstruction, and the gradient of every weight of the
    # encoder and the decoder in order
    def gradients(self: __torch__.VqVaeTraining, sound: Tensor, picks: Tensor, noise: Tensor) -> List[Tensor]:
        latents = self.latents(sound)
        codes = self.quantise(latents)
        quantised = __torch__.dequantise(codes, self.codebook[0])
        # Straight through: the codebook's values forwards, the encoder's gradient backwards.
        y = self.decode(latents + torch.detach(quantised - latents))
        losses = self.losses(sound, y, self.commitment(latents, codes))
        gradients = torch.grad([losses[0]], self.encoder + self.decoder, None, None, False, False)
        torch.set_grad_enabled(False)
        results = [torch.detach(losses), self.learn_codebook(latents, codes, picks, noise), torch.detach(y)]
        for gradient in gradients:
            results = torch.append(results, ops.prim.unchecked_unwrap_optional(gradient))
        return results
