"""Pictures of characters → the same a little otherwise, as another hand, pen or scanner might have made them."""

import torch
from torch import Tensor
from torch.nn import functional

BENDS = 5
"""By so many handles each way a picture is bent."""

BENT = 0.05
"""How far each is moved, about, of half the picture: 0.7 px."""

THICKER_SHARE = THINNER_SHARE = 0.2
NOISE = 0.06


def varied(pictures: Tensor) -> Tensor:
    """Give pictures (n, 28, 28) of bytes as (n, 1, 28, 28) from 0 to 1, each turned, bent, thicker, thinner, paler."""
    count = len(pictures)
    grid = functional.affine_grid(_moves(count), [count, 1, 28, 28], align_corners=False)
    bends = torch.randn(count, 2, BENDS, BENDS) * BENT * torch.rand(count, 1, 1, 1) * 2
    bent = functional.interpolate(bends, size=(28, 28), mode="bicubic", align_corners=True)
    seen = functional.grid_sample(pictures[:, None].float() / 255, grid + bent.permute(0, 2, 3, 1), align_corners=False)
    return _inked(seen).to(memory_format=torch.channels_last)


def _moves(count: int) -> Tensor:
    """Give how each picture is turned, leant, stretched and moved: (n, 2, 3)."""
    turn, lean = torch.randn(count) * 0.09, torch.randn(count) * 0.13
    wide, high = (1 + torch.randn(count) * 0.09 for _ in range(2))
    across, down = (torch.randn(count) * 0.05 for _ in range(2))
    return torch.stack([torch.stack([wide, lean - turn, across], 1), torch.stack([turn, high, down], 1)], 1)


def _inked(seen: Tensor) -> Tensor:
    """Give pictures as by a thicker or a thinner pen, darker or paler, with some noise on the ink."""
    count = len(seen)
    way = torch.rand(count, 1, 1, 1)
    by = torch.rand(count, 1, 1, 1)
    wide = functional.max_pool2d(seen, 3, 1, 1)
    thin = -functional.max_pool2d(-seen, 3, 1, 1)
    seen = torch.where(way < THICKER_SHARE, seen + by * (wide - seen), seen)
    seen = torch.where(way > 1 - THINNER_SHARE, seen + 0.7 * by * (thin - seen), seen)
    seen = seen.clamp(0, 1) ** torch.exp(torch.randn(count, 1, 1, 1) * 0.25)
    noise = torch.randn_like(seen) * NOISE * torch.rand(count, 1, 1, 1)
    return (seen + noise * (seen > 0.05)).clamp(0, 1)
