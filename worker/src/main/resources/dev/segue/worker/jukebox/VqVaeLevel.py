# One level of the VQ-VAE as it is used for sampling: an encoder, a codebook and a decoder of its own.
class VqVaeLevel(Module):
    __parameters__ = []
    __buffers__ = []
    encoder : List[Tensor]
    decoder : List[Tensor]
    codebook : List[Tensor]  # one: [entries, embedding]
    downs : List[int]
    strides : List[int]
    encoder_dilations : List[int]
    decoder_dilations : List[int]

    def put(self: __torch__.VqVaeLevel, encoder: List[Tensor], decoder: List[Tensor], codebook: Tensor) -> None:
        self.encoder = encoder
        self.decoder = decoder
        self.codebook = [codebook]

    # sound: [batch, time] -> [batch, embedding, time / hop] after each block
    def encoder_blocks(self: __torch__.VqVaeLevel, sound: Tensor) -> List[Tensor]:
        return __torch__.encode_blocks(sound, self.encoder, self.downs, self.strides, self.encoder_dilations)

    # sound: [batch, time] -> [batch, embedding, time / hop]
    def latents(self: __torch__.VqVaeLevel, sound: Tensor) -> Tensor:
        return self.encoder_blocks(sound)[-1]

    # latents: [batch, embedding, length] -> [batch, length, entries]
    def distances(self: __torch__.VqVaeLevel, latents: Tensor) -> Tensor:
        distances = __torch__.squared_distances(__torch__.rows(latents), self.codebook[0])
        return distances.view([latents.size(0), latents.size(2), -1])

    # latents: [batch, embedding, length] -> [batch, length] int64, the first of equally near entries
    def quantise(self: __torch__.VqVaeLevel, latents: Tensor) -> Tensor:
        nearest = __torch__.nearest(__torch__.rows(latents), self.codebook[0])
        return nearest.view([latents.size(0), latents.size(2)])

    # sound: [batch, time] -> [batch, time / hop] int64
    def encode(self: __torch__.VqVaeLevel, sound: Tensor) -> Tensor:
        return self.quantise(self.latents(sound))

    # codes: [batch, length] -> [batch, embedding, length]
    def dequantise(self: __torch__.VqVaeLevel, codes: Tensor) -> Tensor:
        return __torch__.dequantise(codes, self.codebook[0])

    # codes: [batch, length] -> [batch, embedding, time] after each block, coarsest first
    def decoder_blocks(self: __torch__.VqVaeLevel, codes: Tensor) -> List[Tensor]:
        latents = self.dequantise(codes)
        return __torch__.decode_blocks(latents, self.decoder, self.downs, self.strides, self.decoder_dilations)

    # codes: [batch, length] -> sound [batch, length * hop]
    def decode(self: __torch__.VqVaeLevel, codes: Tensor) -> Tensor:
        return __torch__.decoder_out(self.decoder_blocks(codes)[-1], self.decoder)
