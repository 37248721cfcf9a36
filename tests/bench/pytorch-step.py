#!/usr/bin/python3
# pytorch-step.py - step time of the paper's model in PyTorch, for comparison with "grokscope-cli bench"
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A plain statement of the model and loss (forward, backward, AdamW; float32; no compilation). Needs PyTorch
# (Debian: python3-torch). Prints one line of JSON: the best and the median step in milliseconds.
#
#   tests/bench/pytorch-step.py --threads 2 --p 11 --width 64 --heads 4 --depth 2 --shots 16 --batch 96
"""Step time of the paper's model in PyTorch."""

import argparse
import json
import math
import time

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.ln_1 = nn.LayerNorm(width)
        self.ln_2 = nn.LayerNorm(width)
        self.to_qkv = nn.Linear(width, 3 * width, bias=False)
        self.o = nn.Linear(width, width, bias=False)
        self.c_fc = nn.Linear(width, 4 * width, bias=False)
        self.c_proj = nn.Linear(4 * width, width, bias=False)

    def rotate(self, x, cosines, sines):
        turned = torch.stack((-x[..., 1::2], x[..., ::2]), -1).flatten(-2)
        return x * cosines + turned * sines

    def forward(self, x, cosines, sines, masked):
        batch, time_, width = x.shape
        parts = self.to_qkv(self.ln_1(x)).split(width, 2)
        q, k, v = (part.view(batch, time_, self.heads, -1).transpose(1, 2) for part in parts)
        q, k = self.rotate(q, cosines, sines), self.rotate(k, cosines, sines)
        scores = q @ k.transpose(-1, -2) / math.sqrt(width // self.heads)
        weights = scores.masked_fill(masked, -math.inf).softmax(-1)
        x = x + self.o((weights @ v).transpose(1, 2).reshape(batch, time_, width))
        return x + self.c_proj(F.relu(self.c_fc(self.ln_2(x))))


class Transformer(nn.Module):
    def __init__(self, vocab, width, heads, depth, time_):
        super().__init__()
        self.wte = nn.Embedding(vocab, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.ln_f = nn.LayerNorm(width)
        size = width // heads
        rates = 10000.0 ** (-torch.arange(0, size, 2) / size)
        angles = (torch.arange(time_)[:, None] * rates[None]).repeat_interleave(2, 1)
        self.register_buffer("cosines", angles.cos())
        self.register_buffer("sines", angles.sin())
        self.register_buffer("masked", torch.ones(time_, time_, dtype=torch.bool).triu(1))
        nn.init.normal_(self.wte.weight, std=0.4525 / math.sqrt(width))

    def forward(self, tokens):
        x = self.wte(tokens)
        for block in self.blocks:
            x = block(x, self.cosines, self.sines, self.masked)
        return self.ln_f(x) @ self.wte.weight.T


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in dict(threads=2, p=11, width=64, heads=4, depth=2, shots=16, batch=96, steps=30).items():
        parser.add_argument("--" + name, type=int, default=value)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    time_ = 3 * args.shots - 1
    model = Transformer(args.p, args.width, args.heads, args.depth, time_)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, betas=(0.9, 0.98), weight_decay=1.0)
    answers = torch.arange(1, time_, 3)
    seconds = []
    for step in range(args.steps):
        rows = torch.randint(0, args.p, (args.batch, 3 * args.shots))
        targets = torch.full((args.batch, time_), -100)
        targets[:, answers] = rows[:, answers + 1]
        begin = time.perf_counter()
        logits = model(rows[:, :-1])
        loss = F.cross_entropy(logits.reshape(-1, args.p), targets.reshape(-1), ignore_index=-100)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        seconds.append(time.perf_counter() - begin)
    seconds = sorted(seconds[min(3, args.steps - 1):])
    print(json.dumps({"torch": torch.__version__, "threads": args.threads,
                      "best_ms": 1e3 * seconds[0], "median_ms": 1e3 * seconds[len(seconds) // 2]}))


if __name__ == "__main__":
    main()
