# Distances between the magnitude spectra of sounds (specification 2.7). Sound is [batch, time], mono.


# |STFT|: one-sided, centred by reflection, Hann window of `window` samples amid n_fft, not normalised.
# sound: [batch, time], longer than n_fft / 2 -> [batch, 1 + n_fft / 2, 1 + time / hop]
def magnitudes(sound: Tensor, n_fft: int, hop: int, window: int) -> Tensor:
    hann = torch.hann_window(window, dtype=sound.dtype, layout=None, device=sound.device, pin_memory=None)
    spectrum = torch.stft(sound, n_fft, hop, window, hann, True, "reflect", False, True, True)
    return torch.abs(spectrum)


# Frobenius norm of each item. x: [batch, bins, frames] -> [batch]
def item_norms(x: Tensor) -> Tensor:
    return torch.linalg_vector_norm(x, 2, [1, 2])


# -> [batch]
def spectral_distance(x: Tensor, y: Tensor, n_fft: int, hop: int, window: int) -> Tensor:
    return __torch__.item_norms(
        __torch__.magnitudes(x, n_fft, hop, window) - __torch__.magnitudes(y, n_fft, hop, window)
    )


# The mean of the distances at several resolutions. -> [batch]
def multispectral_distance(
    x: Tensor, y: Tensor, n_ffts: List[int], hops: List[int], windows: List[int]
) -> Tensor:
    total = __torch__.spectral_distance(x, y, n_ffts[0], hops[0], windows[0])
    for i in range(1, len(n_ffts)):
        total = total + __torch__.spectral_distance(x, y, n_ffts[i], hops[i], windows[i])
    return total / len(n_ffts)


# The distance relative to the target's own norm; 0 where the target is as good as silent. -> [batch]
def spectral_convergence(target: Tensor, y: Tensor, n_fft: int, hop: int, window: int) -> Tensor:
    silence = 2e-3
    norms = __torch__.item_norms(__torch__.magnitudes(target, n_fft, hop, window))
    distances = __torch__.spectral_distance(target, y, n_fft, hop, window)
    return torch.where(norms > silence, distances / torch.clamp(norms, silence), torch.zeros_like(distances))
