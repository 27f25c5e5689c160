# What a machine can do at best: reading memory, and multiplying matrices with weights packed as the sampler packs them.
class Limits(Module):
    __parameters__ = []
    __buffers__ = []

    # Two factors of [size, size], the second packed on a CPU; or one vector of [size], twice. All where `place` is.
    def prepare(self, place: Tensor, size: int, vector: bool, type: int) -> List[Tensor]:
        if vector:
            x = torch.ones([size], device=place.device)
            return [x, x]
        w = torch.full([size, size], 0.5, device=place.device).to(type)
        if place.is_cuda:
            return [w, w]
        return [w, ops.mkldnn._reorder_linear_weight(w)]

    # x [size] -> []
    def read(self, x: Tensor, same: Tensor) -> Tensor:
        return x.sum()

    # x [size, size] -> [1]
    def multiply(self, x: Tensor, w: Tensor) -> Tensor:
        if x.is_cuda:
            y = torch.mm(x, w)
        else:
            y = ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), None)
        return y[0, :1].to(6)
