# What happens to a codebook while it is trained (specification 2.5). Needs vqvae.py.
#
# A codebook in training is three tensors: the entries k [entries, embedding], and the running sums they are the means
# of, k_sum [entries, embedding] and k_elem [entries].


# Rows that may restart unused entries: some of this batch's, with noise if it has fewer rows than there are entries.
# x: [rows, embedding], picks: [entries] int64, noise: [entries, embedding] -> [entries, embedding]
def restart_candidates(x: Tensor, picks: Tensor, noise: Tensor) -> Tensor:
    return torch.index_select(x, 0, torch.remainder(picks, x.size(0))) + noise


# A fresh codebook begins with rows of its first batch, each counted once.
def begin_codebook(codebook: List[Tensor], candidates: Tensor) -> None:
    torch.copy_(codebook[0], candidates)
    torch.copy_(codebook[1], candidates)
    torch.fill_(codebook[2], 1)


# Moves each entry to the running mean of the rows that chose it. An entry that too few rows choose restarts as its
# candidate; its sums go on.
# x: [rows, embedding], codes: [rows] -> entropy, used_curr, usage, dk as [4]
def update_codebook(
    x: Tensor, codes: Tensor, codebook: List[Tensor], candidates: Tensor, mu: float, threshold: float
) -> Tensor:
    k, k_sum, k_elem = codebook[0], codebook[1], codebook[2]
    before = torch.clone(k)
    sums = torch.index_add_(torch.zeros_like(k_sum), 0, codes, x)  # [entries, embedding]
    counts = torch.bincount(codes, None, k.size(0)).to(k.dtype)  # [entries]
    k_sum.mul_(mu).add_(sums, alpha=1 - mu)
    k_elem.mul_(mu).add_(counts, alpha=1 - mu)
    used = k_elem >= threshold
    # A count of 0 divides here too, but such an entry is not in use and the quotient is dropped.
    k.copy_(torch.where(used.unsqueeze(1), k_sum / k_elem.unsqueeze(1), candidates))
    p = counts / torch.sum(counts)
    entropy = -torch.sum(p * torch.log(p + 1e-8))
    used_now = torch.sum(counts >= threshold).to(k.dtype)
    usage = torch.sum(used).to(k.dtype)
    moved = torch.linalg_vector_norm(k - before, 2) / (k.numel() ** 0.5)
    return torch.stack([entropy, used_now, usage, moved])


# How well the codebook fits the latents: the mean distance to the nearest entry, and the spread of the latents.
# x: [rows, embedding] -> fit, pn as [2]
def codebook_fit(x: Tensor, codes: Tensor, k: Tensor) -> Tensor:
    nearest = torch.index_select(k, 0, codes)
    distances = torch.sum(x * x, [1]) - 2 * torch.sum(x * nearest, [1]) + torch.sum(nearest * nearest, [1])
    spread = torch.linalg_vector_norm(x - torch.mean(x), 2) / (x.numel() ** 0.5)
    return torch.stack([torch.mean(distances), spread])
