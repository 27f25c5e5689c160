# How far a reconstruction is from its target (specification 2.7). Both are [batch, time].


# A term that has no weight is reported but costs no gradient.
def counted(y: Tensor, weight: float) -> Tensor:
    if weight == 0.0:
        return torch.detach(y)
    return y


def l1_loss(target: Tensor, y: Tensor) -> Tensor:
    return torch.mean(torch.abs(y - target))


def l2_loss(target: Tensor, y: Tensor) -> Tensor:
    return torch.mean((y - target) ** 2)


# The mean of each item's k largest squared residuals.
def linf_loss(target: Tensor, y: Tensor, k: int) -> Tensor:
    residuals = (y - target) ** 2
    largest, _ = torch.topk(residuals, min(k, residuals.size(1)), 1, True, False)
    return torch.mean(largest)
