# What a machine can do at best: reading memory, and multiplying matrices with weights packed as the sampler packs them.
class Limits(Module):
    __parameters__ = []
    __buffers__ = []

    # Two factors of [size, size], the second packed; or one vector of [size], twice.
    def prepare(self, size: int, vector: bool, type: int) -> List[Tensor]:
        if vector:
            x = torch.ones([size])
            return [x, x]
        w = torch.full([size, size], 0.5).to(type)
        return [torch.full([size, size], 0.5).to(type), ops.mkldnn._reorder_linear_weight(w)]

    # x [size] -> []
    def read(self, x: Tensor, same: Tensor) -> Tensor:
        return x.sum()

    # x [size, size] -> [1]
    def multiply(self, x: Tensor, w: Tensor) -> Tensor:
        y = ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), None)
        return y[0, :1].to(6)
