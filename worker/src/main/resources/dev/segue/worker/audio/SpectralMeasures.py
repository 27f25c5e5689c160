class SpectralMeasures(Module):
    __parameters__ = []
    __buffers__ = []
    n_ffts : List[int]
    hops : List[int]
    windows : List[int]

    def magnitudes(self: __torch__.SpectralMeasures, sound: Tensor, i: int) -> Tensor:
        return __torch__.magnitudes(sound, self.n_ffts[i], self.hops[i], self.windows[i])

    def norms(self: __torch__.SpectralMeasures, sound: Tensor) -> Tensor:
        return __torch__.item_norms(self.magnitudes(sound, 0))

    def distances(self: __torch__.SpectralMeasures, target: Tensor, sound: Tensor) -> Tensor:
        return __torch__.multispectral_distance(target, sound, self.n_ffts, self.hops, self.windows)

    def convergence(self: __torch__.SpectralMeasures, target: Tensor, sound: Tensor) -> Tensor:
        return __torch__.spectral_convergence(target, sound, self.n_ffts[0], self.hops[0], self.windows[0])

    def log_distance(self: __torch__.SpectralMeasures, target: Tensor, sound: Tensor) -> Tensor:
        quiet = 1e-4  # keeps the logarithm of silence finite; the fixtures tell it from other values
        x = torch.log(self.magnitudes(target, 0) + quiet)
        y = torch.log(self.magnitudes(sound, 0) + quiet)
        return torch.mean(torch.abs(x - y))
