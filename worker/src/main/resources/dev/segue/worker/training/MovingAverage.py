# The exponential moving average of a model's weights, in float32 (specification 11.2).
class MovingAverage(Module):
    __parameters__ = []
    __buffers__ = []
    weights : List[Tensor]
    averages : List[Tensor]

    def put(self: __torch__.MovingAverage, weights: List[Tensor], averages: List[Tensor]) -> None:
        self.weights = weights
        self.averages = averages

    def update(self: __torch__.MovingAverage, mu: float) -> None:
        for i in range(len(self.weights)):
            self.averages[i].mul_(mu).add_(self.weights[i].to(6), alpha=1 - mu)

    # Exchanges weights and averages: once to evaluate with the averages, once more to train on.
    def swap(self: __torch__.MovingAverage) -> None:
        for i in range(len(self.weights)):
            kept = torch.clone(self.weights[i].to(6))
            self.weights[i].copy_(self.averages[i])
            self.averages[i].copy_(kept)
