# Adam with decoupled weight decay, as the original's fused optimiser computes it (specification 11.2).
#
# Half-precision parameters stay half; their moments are stored as half too, each divided by a scale of its own so that
# its largest element is half's largest number. The arithmetic is float32.
class Adam(Module):
    __parameters__ = []
    __buffers__ = []
    weights : List[Tensor]
    first : List[Tensor]  # moments, of the weights' shape and type
    second : List[Tensor]
    first_scales : List[Tensor]  # float32 scalars; 1 for float32 weights
    second_scales : List[Tensor]
    beta1 : float
    beta2 : float
    epsilon : float
    decay : float

    def put(
        self: __torch__.Adam,
        weights: List[Tensor],
        first: List[Tensor],
        second: List[Tensor],
        first_scales: List[Tensor],
        second_scales: List[Tensor],
    ) -> None:
        self.weights = weights
        self.first = first
        self.second = second
        self.first_scales = first_scales
        self.second_scales = second_scales

    # The norm of all gradients together, float32 scalar: not finite if any gradient is not.
    def norm(self: __torch__.Adam, gradients: List[Tensor]) -> Tensor:
        squares = torch.zeros_like(self.first_scales[0])
        for gradient in gradients:
            squares = squares + torch.sum(gradient.to(6) ** 2)
        return torch.sqrt(squares)

    # One step. `rate` holds the bias corrections; gradients are divided by `divisor` first.
    def step(self: __torch__.Adam, gradients: List[Tensor], rate: float, divisor: float) -> None:
        for i in range(len(gradients)):
            p = self.weights[i].to(6)
            g = gradients[i].to(6) / divisor
            m = self.first[i].to(6) * self.first_scales[i] * self.beta1 + g * (1 - self.beta1)
            v = self.second[i].to(6) * self.second_scales[i] * self.beta2 + g * g * (1 - self.beta2)
            # Epsilon joins the root of the uncorrected second moment, and decay goes by the corrected rate.
            p = p - (m / (torch.sqrt(v) + self.epsilon) + p * self.decay) * rate
            self.weights[i].copy_(p)
            self.store(m, self.first[i], self.first_scales[i])
            self.store(v, self.second[i], self.second_scales[i])

    def store(self: __torch__.Adam, moment: Tensor, stored: Tensor, scale: Tensor) -> None:
        if stored.dtype == 5:  # half
            scale.copy_(torch.max(torch.abs(moment)) / 65504 + 1e-8)
        stored.copy_(moment / scale)
