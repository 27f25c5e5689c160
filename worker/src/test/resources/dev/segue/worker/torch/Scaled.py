# A script that does too little to go wrong.
class Scaled(Module):
    __parameters__ = []
    __buffers__ = []
    factor : int

    def scale(self: __torch__.Scaled, x: Tensor) -> Tensor:
        return torch.mul(x, self.factor)

    def times(self: __torch__.Scaled, n: int) -> int:
        return n * self.factor
